package com.threadly.presence.streams;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Where the state of a channel or a user is. */
public sealed interface StateLocation {

    /** In this process. */
    record Local(ReadOnlyKeyValueStore<Bytes, byte[]> store) implements StateLocation {}

    /** In another one. */
    record Remote(HostInfo host) implements StateLocation {}

    /** Nobody has it at the moment, or nobody knows who does. */
    record Unknown(String reason) implements StateLocation {}
}

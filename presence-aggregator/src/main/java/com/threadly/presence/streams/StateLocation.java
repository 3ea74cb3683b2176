package com.threadly.presence.streams;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The location of a channel's or user's state. */
public sealed interface StateLocation {

    /** In this process. */
    record Local(ReadOnlyKeyValueStore<Bytes, byte[]> store) implements StateLocation {}

    /** In another process. */
    record Remote(HostInfo host) implements StateLocation {}

    /** No process has it now, or its location is not known. */
    record Unknown(String reason) implements StateLocation {}
}

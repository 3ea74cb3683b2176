package com.threadly.presence.streams;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Where the state of a channel or a user is. */
public sealed interface Place {

    /** In this process. */
    record Here(ReadOnlyKeyValueStore<Bytes, byte[]> store) implements Place {}

    /** In another one. */
    record There(HostInfo host) implements Place {}

    /** Nobody has it at the moment, or nobody knows who does. */
    record Nowhere(String reason) implements Place {}
}

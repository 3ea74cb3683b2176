package com.threadly.benchmarks.stage;

import java.util.List;

/**
 * The JVM options of engines: a worker's as in its image, its peers' the same with more heap. The JVM itself chooses
 * the serial collector in a container of less than 1792 MiB.
 */
public final class JvmOptions {

    public static final List<String> OURS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TrimNativeHeapInterval=10000");
    /** Of presence: the worker has its channels and viewers in the heap, and the peer gets as much. */
    static final List<String> PRESENCE = List.of(
            "-Xmx1280m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TrimNativeHeapInterval=10000");

    static final List<String> PEERS = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders");

    private JvmOptions() {}
}

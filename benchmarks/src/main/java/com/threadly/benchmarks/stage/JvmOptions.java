package com.threadly.benchmarks.stage;

import java.util.List;

/**
 * How engines are launched: as an image launches a worker, its peers alike but for more heap. The
 * serial collector is what the JVM chooses by itself in a container of less than 1792 MiB.
 */
public final class JvmOptions {

    public static final List<String> OURS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TrimNativeHeapInterval=10000");
    static final List<String> PEERS = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders");

    private JvmOptions() {}
}

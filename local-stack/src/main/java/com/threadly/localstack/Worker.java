package com.threadly.localstack;

import java.nio.file.Path;
import java.util.Locale;

/** The deployables that the stack runs, each from its own jar. */
public enum Worker {
    NOTIFICATION_WORKER,
    MESSAGE_FANOUT_WORKER,
    PRESENCE_AGGREGATOR,
    GATEWAY;

    /** The name of its module, jar and dead letter topics. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Path jar(Path home) {
        return home.resolve(id()).resolve("target").resolve(id() + ".jar");
    }
}

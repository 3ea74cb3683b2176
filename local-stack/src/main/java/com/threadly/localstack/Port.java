package com.threadly.localstack;

/** What the stack listens on, for which a port may be chosen. */
public enum Port {
    KAFKA,
    SCHEMA_REGISTRY,
    DATABASE,
    PUSHER,
    GATEWAY,
    /** The admin port of the first presence aggregator, which the gateway asks who is there. */
    PRESENCE,
    /** The live page. The stack only keeps the port for it and lets the gateway take its requests. */
    PAGE
}

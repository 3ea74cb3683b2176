package com.threadly.stack;

/** What the stack listens on, for which a port may be chosen. */
public enum Port {
    KAFKA,
    SCHEMA_REGISTRY,
    DATABASE,
    PUSHER,
    GATEWAY,
    /** The live page. The stack only keeps the port for it and lets the gateway take its requests. */
    PAGE
}

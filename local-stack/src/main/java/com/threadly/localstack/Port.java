package com.threadly.localstack;

/** A port of the stack, which may be chosen. */
public enum Port {
    KAFKA,
    SCHEMA_REGISTRY,
    DATABASE,
    PUSHER,
    GATEWAY,
    /** The admin port of the first presence aggregator, which the gateway queries. */
    PRESENCE,
    /** The live page. The stack only reserves the port and makes the gateway accept its requests. */
    PAGE
}

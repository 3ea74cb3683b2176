package com.threadly.deadletter;

/** Why a record is a dead letter. */
public enum Reason {
    /** Not Avro, an unknown schema, or a schema that cannot be resolved. */
    UNDECODABLE,
    /** A field has a value that nothing can be done with. */
    INVALID,
    /** Pusher refused what it gave rise to, for good. */
    REJECTED,
    /** The worker, or its database, could not handle it. */
    FAILED
}

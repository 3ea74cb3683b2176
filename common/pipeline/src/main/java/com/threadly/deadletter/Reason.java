package com.threadly.deadletter;

/** Why a record is a dead letter. */
public enum Reason {
    /** Not Avro, an unknown schema, or a schema that cannot be resolved. */
    UNDECODABLE,
    /** A field has an unusable value. */
    INVALID,
    /** Pusher permanently rejected one of its pushes. */
    REJECTED,
    /** The worker, or its database, could not handle it. */
    FAILED
}

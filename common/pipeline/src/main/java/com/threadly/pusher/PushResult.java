package com.threadly.pusher;

/** The final result of one event. */
public sealed interface PushResult {

    /** Acknowledged by Pusher. */
    record Delivered() implements PushResult {}

    /** Permanently rejected, and itself at fault. */
    record Rejected(int status, String reason) implements PushResult {}

    /** Dropped by rule: it became stale before it could be pushed. */
    record Expired() implements PushResult {}

    /** Dropped by rule: a later one with the same {@link PushEvent#supersedes} arrived before it could be pushed. */
    record Superseded() implements PushResult {}

    /** Not pushed, because its partition has another owner by now. */
    record Abandoned() implements PushResult {}
}

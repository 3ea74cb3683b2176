package com.threadly.pusher;

/** What became of one event in the end. */
public sealed interface PushResult {

    /** Acknowledged by Pusher. */
    record Delivered() implements PushResult {}

    /** Refused for good, and alone to blame. */
    record Rejected(int status, String reason) implements PushResult {}

    /** Dropped by rule: it had become stale before it could be pushed. */
    record Expired() implements PushResult {}

    /** Dropped by rule: a later one with the same {@link PushEvent#supersedes} came before it could be pushed. */
    record Superseded() implements PushResult {}

    /** Not pushed, because its partition belongs to somebody else by now. */
    record Abandoned() implements PushResult {}
}

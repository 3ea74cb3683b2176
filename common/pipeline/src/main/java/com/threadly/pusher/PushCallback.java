package com.threadly.pusher;

/** Receives the result of a push. Called on the publisher's threads. */
public interface PushCallback {

    /**
     * Whether nobody waits for the push any more, so that it is dropped; otherwise it is sent at once. Asked before each
     * request. May block while that is not known: it holds one request slot while it does.
     */
    boolean abandoned();

    /** Whether nobody waits for the push any more, as far as is known at once. */
    default boolean isGone() {
        return false;
    }

    /** Called once per event. May block: it occupies one request slot meanwhile. */
    void completed(PushResult result);
}

package com.threadly.pusher;

/** Receives the result of a push. Called on the publisher's threads. */
public interface PushCallback {

    /** Whether the push is no longer needed, so that it is dropped if not yet sent. */
    boolean abandoned();

    /** Called once per event. May block: it occupies one request slot meanwhile. */
    void completed(PushResult result);
}

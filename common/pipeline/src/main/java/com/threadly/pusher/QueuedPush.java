package com.threadly.pusher;

/** A queued event and its callback. Its state belongs to {@link ChannelQueues}. */
final class QueuedPush {

    private final PushEvent event;
    private final PushCallback callback;
    private final ChannelQueue queue;
    private final long number;
    private boolean superseded;

    /** For {@link RejectionPolicy}. */
    private RejectionPolicy.Refusals refusals = RejectionPolicy.Refusals.NONE;

    /**
     * A queued event.
     *
     * @param number higher for later events
     */
    QueuedPush(PushEvent event, PushCallback callback, ChannelQueue queue, long number) {
        this.event = event;
        this.callback = callback;
        this.queue = queue;
        this.number = number;
    }

    PushEvent event() {
        return event;
    }

    PushCallback callback() {
        return callback;
    }

    ChannelQueue queue() {
        return queue;
    }

    long number() {
        return number;
    }

    boolean superseded() {
        return superseded;
    }

    void supersede() {
        superseded = true;
    }

    RejectionPolicy.Refusals refusals() {
        return refusals;
    }

    void setRefusals(RejectionPolicy.Refusals refusals) {
        this.refusals = refusals;
    }
}

package com.threadly.common.push;

/** An event that is to be pushed, and who waits for it. Its state belongs to {@link ChannelQueues}. */
final class Pending {

    private final PushEvent event;
    private final PushTicket ticket;
    private final ChannelQueue queue;
    private boolean superseded;

    Pending(PushEvent event, PushTicket ticket, ChannelQueue queue) {
        this.event = event;
        this.ticket = ticket;
        this.queue = queue;
    }

    PushEvent event() {
        return event;
    }

    PushTicket ticket() {
        return ticket;
    }

    ChannelQueue queue() {
        return queue;
    }

    boolean superseded() {
        return superseded;
    }

    void supersede() {
        superseded = true;
    }
}

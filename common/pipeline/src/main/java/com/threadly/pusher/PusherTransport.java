package com.threadly.pusher;

import java.util.List;

/** Sends one batch to Pusher and waits for the response. */
public interface PusherTransport extends AutoCloseable {

    /** Pusher's limit for one call of its batch endpoint. */
    int MAX_BATCH_EVENTS = 10;

    /** Blocks for at most the request timeout. Never throws for failures of Pusher or the network. */
    SendResult send(List<PushEvent> batch);

    @Override
    void close();
}

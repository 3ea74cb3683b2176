package com.threadly.pusherserver;

import java.util.concurrent.atomic.LongAdder;

/** The running numbers behind {@link Stats}. */
final class Counters {

    final LongAdder connections = new LongAdder();
    final LongAdder subscriptions = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder eventsReceived = new LongAdder();
    final LongAdder clientEvents = new LongAdder();
    final LongAdder messagesDelivered = new LongAdder();
    final LongAdder errors = new LongAdder();
    final LongAdder batches = new LongAdder();
    final LongAdder batchSizeSum = new LongAdder();
    final LongAdder overflows = new LongAdder();
    final LongAdder webhooksSent = new LongAdder();
    final LongAdder webhooksFailed = new LongAdder();
    final LongAdder webhookEventsDropped = new LongAdder();

    Stats snapshot() {
        return new Stats(
                connections.sum(),
                subscriptions.sum(),
                requests.sum(),
                eventsReceived.sum(),
                clientEvents.sum(),
                messagesDelivered.sum(),
                errors.sum(),
                batches.sum(),
                batchSizeSum.sum(),
                overflows.sum(),
                webhooksSent.sum(),
                webhooksFailed.sum(),
                webhookEventsDropped.sum());
    }
}

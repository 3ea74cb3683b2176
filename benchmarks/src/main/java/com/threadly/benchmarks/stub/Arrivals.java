package com.threadly.benchmarks.stub;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/** What has arrived since a benchmark began, and whether each conversation's messages arrived in order and once. */
final class Arrivals {

    /** The id within a payload, which is a JSON string within JSON. */
    private static final byte[] ID = "\\\"id\\\":\\\"".getBytes(StandardCharsets.US_ASCII);

    private final AtomicIntegerArray next;
    private final long[] times;
    private final LongAdder requests = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder missed = new LongAdder();
    private volatile long last;

    /**
     * An account.
     *
     * @param conversations whose order is checked; others are only counted
     * @param times of how many messages to record the arrival
     */
    Arrivals(int conversations, int times) {
        this.next = new AtomicIntegerArray(conversations);
        this.times = new long[times];
    }

    /** Records a push's body, from {@code from} to {@code to}, that arrived at {@code now}. */
    void take(byte[] body, int from, int to, long now) {
        int events = 0;
        for (int at = Bytes.find(ID, body, from, to); at >= 0; at = Bytes.find(ID, body, at, to)) {
            at += ID.length;
            MessageId id = MessageId.parse(body, at);
            events++;
            note(id, now);
        }
        requests.increment();
        received.add(events);
        last = now;
    }

    private void note(MessageId id, long now) {
        if (id.number() < times.length) {
            times[id.number()] = now;
        }
        if (id.conversation() >= next.length()) {
            return;
        }
        int expected = next.get(id.conversation());
        if (id.sequence() < expected) {
            late.increment();
        } else {
            missed.add(id.sequence() - expected);
            next.set(id.conversation(), id.sequence() + 1);
        }
    }

    StubReport report() {
        return new StubReport(
                requests.sum(),
                received.sum(),
                next.length() == 0 ? 0 : next.get(0),
                late.sum(),
                missed.sum(),
                last,
                System.nanoTime());
    }

    long[] times() {
        return times;
    }
}

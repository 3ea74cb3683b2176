package com.threadly.pusher;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The queued events of one channel, in order. Not thread-safe: {@link ChannelQueues} guards it. */
final class ChannelQueue {

    private final String name;
    private final Deque<QueuedPush> waiting = new ArrayDeque<>(4);

    /** The latest queued supersedable event by key. */
    private final Map<String, QueuedPush> latest = new HashMap<>();

    private long readySince;
    private boolean busy;
    private int failures;
    private boolean refused;

    ChannelQueue(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Whether it is in a batch, or backing off after one: send nothing else of it meanwhile. */
    boolean busy() {
        return busy;
    }

    void setBusy(boolean busy) {
        this.busy = busy;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    /** The number of the first that waits, which there must be. */
    long firstNumber() {
        return waiting.getFirst().number();
    }

    /** Notes its place among those that are ready, which others that come behind its first do not change. */
    void setReadySince(long number) {
        readySince = number;
    }

    /** Its place among those that are ready: the lower, the sooner it has its turn. */
    long readySince() {
        return readySince;
    }

    void add(QueuedPush pending) {
        // What is left of an earlier assignment may come after what its successor has queued.
        String key = pending.callback().isGone() ? null : pending.event().supersedes();
        if (key != null) {
            QueuedPush older = latest.put(key, pending);
            if (older != null && pending.event().lastsAsLongAs(older.event())) {
                older.supersede();
            }
        }
        waiting.addLast(pending);
    }

    QueuedPush remove() {
        QueuedPush first = waiting.removeFirst();
        String key = first.event().supersedes();
        if (key != null) {
            latest.remove(key, first);
        }
        return first;
    }

    /** Puts back an event that could not be sent; call it with the last one first to keep the order. */
    void putBack(QueuedPush pending) {
        String key = pending.event().supersedes();
        QueuedPush newer = key == null ? null : latest.get(key);
        if (newer != null && newer.event().lastsAsLongAs(pending.event())) {
            pending.supersede();
        } else if (key != null && newer == null && !pending.callback().isGone()) {
            latest.put(key, pending);
        }
        waiting.addFirst(pending);
    }

    /** How many batches in a row failed with it, while others got through. */
    int failures() {
        return failures;
    }

    void failed() {
        failures++;
    }

    void succeeded() {
        failures = 0;
        refused = false;
    }

    /** Its first event was rejected alone. */
    void refused() {
        refused = true;
    }

    /** Whether its first event, which was rejected, must be sent alone. */
    boolean oneAtATime() {
        return refused;
    }

    /** Whether it may have caused its last batch's failure: it is sent alone until that succeeds. */
    boolean suspect() {
        return failures > 0;
    }
}

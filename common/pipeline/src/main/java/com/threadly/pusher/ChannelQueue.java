package com.threadly.pusher;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** What waits for one channel, in order. Not thread-safe: {@link ChannelQueues} guards it. */
final class ChannelQueue {

    private final String name;
    private final Deque<QueuedPush> waiting = new ArrayDeque<>(4);

    /** Of those that wait and may be superseded, the latest by key; made when it is needed. */
    private Map<String, QueuedPush> latest = Map.of();

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

    /** Whether it is in a batch, or rests after one: nothing of it may be sent beside that. */
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
        String key = pending.event().supersedes();
        if (key != null) {
            if (latest.isEmpty()) {
                latest = new HashMap<>();
            }
            QueuedPush older = latest.put(key, pending);
            if (older != null) {
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

    /** Puts back what could not be sent; in order when called with the last of them first. */
    void putBack(QueuedPush pending) {
        String key = pending.event().supersedes();
        if (key != null && latest.containsKey(key)) {
            pending.supersede();
        } else if (key != null) {
            if (latest.isEmpty()) {
                latest = new HashMap<>();
            }
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

    /** Its first event was refused alone. */
    void refused() {
        refused = true;
    }

    /** Whether its first event must stand alone: that one was refused. */
    boolean oneAtATime() {
        return refused;
    }

    /** Whether it may be what made its last batch fail: it goes alone until it has been sent. */
    boolean suspect() {
        return failures > 0;
    }
}

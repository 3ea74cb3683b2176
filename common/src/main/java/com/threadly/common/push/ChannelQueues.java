package com.threadly.common.push;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits to be pushed, a queue a channel, and which request slots are busy. A channel is in at most one batch at a
 * time, so its order is kept whatever becomes of a batch; a free slot takes what has gathered.
 *
 * <p>Pure state under one lock: no threads, no clock.
 */
final class ChannelQueues {

    /** An event and who waits for it. */
    record Pending(PushEvent event, PushTicket ticket) {}

    /** A channel that has something waiting or in flight; others are forgotten. */
    private static final class Channel {
        final Deque<Pending> waiting = new ArrayDeque<>();
        boolean inFlight;
    }

    private final int slots;
    private final int maxBatch;
    private final Map<String, Channel> channels = new HashMap<>();
    private final Deque<String> ready = new ArrayDeque<>();
    private int busySlots;
    private int waiting;

    ChannelQueues(int slots, int maxBatch) {
        this.slots = slots;
        this.maxBatch = maxBatch;
    }

    synchronized void add(Pending pending) {
        String name = pending.event().channel();
        Channel channel = channels.computeIfAbsent(name, any -> new Channel());
        if (channel.waiting.isEmpty() && !channel.inFlight) {
            ready.add(name);
        }
        channel.waiting.add(pending);
        waiting++;
    }

    /** Whether one more slot has work: the caller then owns it until {@link #take} gives it nothing. */
    synchronized boolean claimSlot() {
        if (busySlots == slots || ready.isEmpty()) {
            return false;
        }
        busySlots++;
        return true;
    }

    /** What has gathered, across channels, up to a batch; when that is nothing, the slot is given back. */
    synchronized List<Pending> take() {
        var batch = new ArrayList<Pending>(maxBatch);
        while (batch.size() < maxBatch && !ready.isEmpty()) {
            Channel channel = channels.get(ready.remove());
            if (channel == null) {
                throw new IllegalStateException("a ready channel is not known");
            }
            channel.inFlight = true;
            while (batch.size() < maxBatch && !channel.waiting.isEmpty()) {
                batch.add(channel.waiting.remove());
            }
        }
        if (batch.isEmpty()) {
            busySlots--;
        }
        waiting -= batch.size();
        return batch;
    }

    /** A batch has been dealt with: its channels may be in the next one. */
    synchronized void release(List<Pending> batch) {
        batch.stream().map(pending -> pending.event().channel()).distinct().forEach(name -> {
            Channel channel = channels.get(name);
            if (channel == null) {
                throw new IllegalStateException("a channel in flight is not known");
            }
            channel.inFlight = false;
            if (channel.waiting.isEmpty()) {
                channels.remove(name);
            } else {
                ready.add(name);
            }
        });
    }

    synchronized int waiting() {
        return waiting;
    }

    synchronized int busySlots() {
        return busySlots;
    }
}

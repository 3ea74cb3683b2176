package com.threadly.pusher;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be pushed, a queue a channel, and which request slots are busy. A channel is in at most one batch at a
 * time, and rests when that batch failed, so its order is kept whatever becomes of a batch. A free slot takes what has
 * gathered, the channel whose first event has waited longest before others: one with much to send has its next batch as
 * soon as the last has come to its end, and no one starves. A channel whose batch failed while others got through goes
 * alone the next time: the one to blame delays only itself. What all are refused for blames none of them.
 *
 * <p>Only state under one lock: no threads, no clock.
 */
final class ChannelQueues {

    /** Maximum characters of queued payloads, whatever their number: a worker's heap is small. */
    static final long MAX_WAITING_CHARACTERS = 24 * 1024 * 1024;

    /** One batch in this many is for a channel sent alone while others wait. */
    private static final int SHARE_OF_THOSE_ALONE = 8;

    private final int maxBatch;
    private final int maxWaiting;
    private final @Nullable ChannelRateLimiter rate;

    /** Channels with events queued, in flight or backing off; others are removed. */
    private final Map<String, ChannelQueue> channels = new HashMap<>();

    private final Queue<ChannelQueue> ready = oldestFirst();
    private final Queue<ChannelQueue> readyAlone = oldestFirst();
    private final InFlightLimit limit;
    private final UsefulInFlight useful;
    private boolean outage;
    private long lastNumber;
    private int turn;
    private int busySlots;
    private int waiting;
    private long waitingCharacters;
    private int waitForRoom;

    ChannelQueues(int slots, int maxBatch, int maxWaiting, @Nullable ChannelRateLimiter rate) {
        this.limit = new InFlightLimit(slots);
        this.useful = new UsefulInFlight(slots);
        this.maxBatch = maxBatch;
        this.maxWaiting = maxWaiting;
        this.rate = rate;
    }

    private static Queue<ChannelQueue> oldestFirst() {
        return new PriorityQueue<>(Comparator.comparingLong(ChannelQueue::readySince));
    }

    /** Appends an event to its channel's queue; blocks while too much is queued. */
    synchronized void add(PushEvent event, PushCallback callback) throws InterruptedException {
        waitForRoom++;
        try {
            while (!hasRoom()) {
                wait();
            }
        } finally {
            waitForRoom--;
        }
        ChannelQueue channel = channels.computeIfAbsent(event.channel(), ChannelQueue::new);
        boolean idle = channel.isEmpty() && !channel.busy();
        var pending = new QueuedPush(event, callback, channel, ++lastNumber);
        channel.add(pending);
        count(pending);
        if (idle) {
            makeReady(channel);
        }
    }

    private boolean hasRoom() {
        return waiting < maxWaiting && waitingCharacters < MAX_WAITING_CHARACTERS;
    }

    private void count(QueuedPush pending) {
        waiting++;
        waitingCharacters += pending.event().data().length();
    }

    /** Whether one more slot has work: the caller then owns it until {@link #take} returns nothing. */
    synchronized boolean claimSlot() {
        if (busySlots >= slots() || (ready.isEmpty() && readyAlone.isEmpty())) {
            return false;
        }
        busySlots++;
        return true;
    }

    /**
     * What has gathered, across channels, up to a batch; when that is empty, or fewer slots are allowed by now, the slot
     * is given back. In an outage one channel alone: a probe of several would fail for as long as one of them does.
     */
    synchronized Batch take(long now) {
        var batch = new Batch(limit.round());
        if (busySlots <= slots()) {
            fill(batch, now);
        }
        if (batch.isEmpty()) {
            busySlots--;
        }
        if (waitForRoom > 0 && hasRoom()) {
            notifyAll();
        }
        return batch;
    }

    private void fill(Batch batch, long now) {
        if (isTurnOfOneAlone()) {
            while (batch.isEmpty() && !readyAlone.isEmpty()) {
                move(readyAlone.remove(), batch, now);
            }
        }
        if (batch.isEmpty()) {
            while (batch.events().size() < maxBatch && !ready.isEmpty() && (batch.isEmpty() || !outage)) {
                move(ready.remove(), batch, now);
            }
        }
    }

    /** Those whose batches failed must not take the slots of all others, nor wait for ever. */
    private boolean isTurnOfOneAlone() {
        return !readyAlone.isEmpty() && (ready.isEmpty() || turn++ % SHARE_OF_THOSE_ALONE == 0);
    }

    private void move(ChannelQueue channel, Batch batch, long now) {
        channel.setBusy(true);
        int most = channel.oneAtATime() ? 1 : maxBatch - batch.events().size();
        int wanted = Math.min(most, channel.size());
        int allowed = rate == null ? wanted : rate.take(channel.name(), wanted, now);
        if (rate != null && allowed == 0) {
            int full = Math.min(maxBatch, channel.size());
            batch.throttled().add(new Batch.Throttled(channel, rate.nanosUntil(channel.name(), full, now)));
            return;
        }
        batch.channels().add(channel);
        for (int taken = 0; taken < allowed && !channel.isEmpty(); ) {
            QueuedPush next = channel.remove();
            waiting--;
            waitingCharacters -= next.event().data().length();
            if (next.superseded()) {
                batch.superseded().add(next);
            } else {
                batch.events().add(next);
                taken++;
            }
        }
    }

    /**
     * A batch has come to its end: its channels may be in the next one.
     *
     * @param answered whether Pusher took a request of it, rather than all of it having been dropped
     * @param now as for {@link #take}
     */
    synchronized void done(Batch batch, boolean answered, long now) {
        if (answered) {
            limit.delivered(busySlots);
            useful.delivered(busySlots, now);
        }
        batch.channels().forEach(channel -> {
            channel.succeeded();
            free(channel);
        });
    }

    /**
     * The {@code left} of a batch could not be sent: they return to the front of their queues. Their channels back off
     * until {@link #wake}.
     *
     * @param left in order
     * @param refused channels whose first event was refused alone
     * @param blamed whether one of the channels may be what made it fail
     */
    synchronized List<ChannelQueue> putBack(
            Batch batch, List<QueuedPush> left, Collection<ChannelQueue> refused, boolean blamed) {
        for (QueuedPush pending : left.reversed()) {
            pending.queue().putBack(pending);
            count(pending);
        }
        List<ChannelQueue> backingOff =
                left.stream().map(QueuedPush::queue).distinct().toList();
        batch.channels().forEach(channel -> {
            if (!backingOff.contains(channel)) {
                channel.succeeded();
                free(channel);
            } else if (blamed) {
                channel.failed();
            }
        });
        refused.forEach(ChannelQueue::refused);
        return backingOff;
    }

    /** Pusher refused a request of this batch as one too many; how many in a row it did. */
    synchronized int tooMany(Batch batch) {
        return limit.refused(batch.round());
    }

    /** From now until {@link #outageEnded}, one slot looks whether Pusher takes anything. */
    synchronized void outageBegan() {
        outage = true;
        limit.outage();
    }

    synchronized void outageEnded() {
        outage = false;
    }

    /** Whether a slot must give back what it holds, since fewer are allowed by now. */
    synchronized boolean hasTooManySlots() {
        return busySlots > slots();
    }

    /** These have rested. */
    synchronized void wake(Collection<ChannelQueue> rested) {
        rested.forEach(this::free);
    }

    private void free(ChannelQueue channel) {
        channel.setBusy(false);
        if (channel.isEmpty()) {
            channels.remove(channel.name());
        } else {
            makeReady(channel);
        }
    }

    private void makeReady(ChannelQueue channel) {
        // In an outage, one after the other has its turn.
        channel.setReadySince(outage ? ++lastNumber : channel.firstNumber());
        (channel.suspect() ? readyAlone : ready).add(channel);
    }

    synchronized boolean isEmpty() {
        return channels.isEmpty();
    }

    synchronized int waiting() {
        return waiting;
    }

    /** How many slots there may be now. */
    synchronized int slots() {
        return Math.min(limit.current(), useful.current());
    }

    synchronized int busySlots() {
        return busySlots;
    }
}

package com.threadly.pipeline;

import com.threadly.pipeline.dedup.PartitionDeduplicator;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One assigned partition, from its assignment until it is revoked or lost. One virtual thread, which lives while
 * records wait, handles its records in order; they complete in any order, on the publisher's threads.
 */
final class AssignedPartition {

    /** Handles records up to queueing their pushes; finally calls {@link #complete} for each. */
    @FunctionalInterface
    interface Processor {
        void process(List<TrackedRecord> batch) throws InterruptedException, AbandonedException;
    }

    /** Until it is known whether others have the partition. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    /** As many as one poll gives: large enough for multi-row statements, small enough to start pushing soon. */
    private static final int MAX_BATCH = 500;
    /** Large records take many times their size when decoded: no more at once than one fetch returns. */
    private static final long MAX_BATCH_BYTES = 256 * 1024;
    /** A push holds little memory until its record completes, but a record may have thousands. */
    private static final int MAX_PUSHES = 20_000;

    private final TopicPartition partition;
    private final PartitionDeduplicator duplicates;
    private final Processor processor;
    private final ThreadFactory threads;
    private final GroupSession session;
    private final Consumer<Throwable> onFailure;

    private final OffsetTracker offsetTracker = new OffsetTracker();
    private final Deque<TrackedRecord> waiting = new ArrayDeque<>();
    private @Nullable Thread thread;
    private int pushes;
    private int held;
    private long heldBytes;
    private boolean begun;
    private boolean handling;
    private boolean draining;
    /** The last record of which something is in flight, or has been; in the order of the log. */
    private OffsetTracker.@Nullable Entry sent;
    /** Signals threads other than the partition's own, such as the publisher's, which must not be interrupted. */
    private final CountDownLatch abandoned = new CountDownLatch(1);

    AssignedPartition(
            TopicPartition partition,
            PartitionDeduplicator duplicates,
            Processor processor,
            ThreadFactory threads,
            GroupSession session,
            Consumer<Throwable> onFailure) {
        this.partition = partition;
        this.duplicates = duplicates;
        this.processor = processor;
        this.threads = threads;
        this.session = session;
        this.onFailure = onFailure;
    }

    TopicPartition partition() {
        return partition;
    }

    PartitionDeduplicator duplicates() {
        return duplicates;
    }

    /** Whether its records are polled: once deduplication is ready. Used by the consumer's thread only. */
    boolean begun() {
        return begun;
    }

    void begin() {
        begun = true;
    }

    /** Accepts polled records, in offset order. */
    synchronized void accept(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            var tracked = new TrackedRecord(record, this, offsetTracker.begin(record));
            waiting.add(tracked);
            held++;
            heldBytes += tracked.bytes();
        }
        if (thread == null && !waiting.isEmpty()) {
            thread = threads.newThread(this::run);
            thread.start();
        }
    }

    /** The consumer is at {@code position}, behind everything accepted. */
    synchronized void reach(OffsetAndMetadata position) {
        offsetTracker.reach(position);
    }

    /** Waits while too many pushes of handled records are outstanding. */
    synchronized void awaitRoom() throws InterruptedException {
        while (pushes >= MAX_PUSHES) {
            wait();
        }
    }

    /** Announces {@code count} pushes of a record. */
    synchronized void expect(int count) {
        pushes += count;
    }

    /** Every effect of the record is durable, or it is a dead letter. */
    synchronized void complete(TrackedRecord record) {
        offsetTracker.finish(record.mark());
        end(record);
    }

    /** The record will not complete here: the partition was revoked or lost. */
    synchronized void forget(TrackedRecord record) {
        end(record);
    }

    private void end(TrackedRecord record) {
        release(record);
        pushes -= record.pushes();
        notifyAll();
    }

    /** The offset to commit; empty while nothing has been completed. */
    synchronized Optional<OffsetAndMetadata> committable() {
        return offsetTracker.next();
    }

    /** The timestamp of the first record that is not done; empty when none is held. */
    synchronized OptionalLong waitingSince() {
        return offsetTracker.waitingSince();
    }

    synchronized int held() {
        return held;
    }

    synchronized long heldBytes() {
        return heldBytes;
    }

    /**
     * Drops what is not handled, and sends nothing of what comes after the last record that has been sent: the next owner
     * begins there.
     */
    synchronized void drain() {
        draining = true;
        waiting.forEach(this::release);
        waiting.clear();
    }

    /**
     * Asked just before something of a record is sent: whether it may be. Up to what has been sent, nothing may be left
     * out, or the next owner would repeat it.
     */
    synchronized boolean maySend(TrackedRecord record) {
        boolean last = sent == null || record.mark().isAfter(sent);
        if (draining && last) {
            return false;
        }
        if (last) {
            sent = record.mark();
        }
        return true;
    }

    /** Waits until nothing is handled or in flight, and no gap is left before it; or until the time is up. */
    synchronized boolean awaitIdle(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long left = limit.toMillis(); !idle() && left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return idle();
    }

    private boolean idle() {
        return !handling && (sent == null || offsetTracker.isDoneThrough(sent));
    }

    /** The partition has another owner: push nothing more, commit nothing. */
    synchronized void abandon() {
        abandoned.countDown();
        duplicates.abandon();
        drain();
        if (thread != null) {
            thread.interrupt();
        }
    }

    boolean abandoned() {
        return abandoned.getCount() == 0;
    }

    /** Whether it is ours, on any thread but the consumer's; waits while that is in doubt. */
    boolean awaitOurs() {
        while (!abandoned() && !session.isValid()) {
            try {
                pause(BETWEEN_LOOKS);
            } catch (AbandonedException e) {
                return false;
            } catch (InterruptedException e) {
                // Nobody interrupts a slot on purpose: it looks again a little sooner.
            }
        }
        return !abandoned();
    }

    /** Waits for {@code pause}, on any thread; ends early when the partition goes. */
    void pause(Duration pause) throws InterruptedException, AbandonedException {
        if (abandoned.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AbandonedException();
        }
    }

    /** Runs {@code work}, which may wait for long, beside the handling of records. */
    void onItsOwnThread(Runnable work) {
        threads.newThread(work).start();
    }

    private void run() {
        try {
            // Before any record is in flight, so that draining the partition does not wait for this.
            duplicates.awaitKnown();
            for (List<TrackedRecord> batch = next(); !batch.isEmpty(); batch = next()) {
                processor.process(batch);
            }
        } catch (InterruptedException | AbandonedException | CancellationException e) {
            // Only abandon() interrupts and cancels: the remaining records belong to the next owner.
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** A bug: the process ends, and the next one resumes at the last commit. */
    void fail(Throwable cause) {
        if (!abandoned()) {
            onFailure.accept(cause);
        }
    }

    private synchronized List<TrackedRecord> next() {
        var batch = new ArrayList<TrackedRecord>(Math.min(waiting.size(), MAX_BATCH));
        long bytes = 0;
        while (batch.size() < MAX_BATCH && bytes < MAX_BATCH_BYTES && !waiting.isEmpty()) {
            TrackedRecord record = waiting.remove();
            batch.add(record);
            bytes += record.bytes();
        }
        handling = !batch.isEmpty();
        if (!handling) {
            thread = null;
            notifyAll();
        }
        return batch;
    }

    private void release(TrackedRecord record) {
        held--;
        heldBytes -= record.bytes();
    }
}

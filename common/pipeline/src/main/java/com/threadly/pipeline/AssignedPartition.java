package com.threadly.pipeline;

import com.threadly.pipeline.dedup.PartitionDeduplicator;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One assigned partition, from its assignment until it is revoked or lost. Its records are handled in order by one
 * virtual thread, which lives while records wait; they come to their end in any order, on the publisher's threads.
 */
final class AssignedPartition {

    /** Handles records up to publishing their pushes; calls {@link #complete} for each in the end. */
    @FunctionalInterface
    interface Processor {
        void process(List<TrackedRecord> batch) throws InterruptedException, AbandonedException;
    }

    /** Until it is known whether others have the partition. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    /** As many as one poll gives: large enough for multi-row statements, small enough to start pushing soon. */
    private static final int MAX_BATCH = 500;
    /** Decoded, large records take many times their size: no more of them at once than one fetch gives. */
    private static final long MAX_BATCH_BYTES = 256 * 1024;
    /** What is kept of a push until its record has come to its end is little, but a record may have thousands. */
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
    private int underway;
    private int pushes;
    private int held;
    private long heldBytes;
    private boolean begun;
    /** Told to threads that are not the partition's own, such as the publisher's, which nobody may interrupt. */
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

    /** Whether its records are polled; not before it is known what came before. Used by the consumer's thread only. */
    boolean begun() {
        return begun;
    }

    void begin() {
        begun = true;
    }

    /** Takes polled records, in offset order. */
    synchronized void accept(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            var tracked = new TrackedRecord(record, this, offsetTracker.begin(record.offset(), record.timestamp()));
            waiting.add(tracked);
            held++;
            heldBytes += tracked.bytes();
        }
        if (thread == null && !waiting.isEmpty()) {
            thread = threads.newThread(this::run);
            thread.start();
        }
    }

    /** Waits while too many pushes of records that were handled have not come to their end. */
    synchronized void awaitRoom() throws InterruptedException {
        while (pushes >= MAX_PUSHES) {
            wait();
        }
    }

    /** So many pushes of a record are about to be published. */
    synchronized void expect(int count) {
        pushes += count;
    }

    /** The record is durable in all that it gave rise to, or was put aside. */
    synchronized void complete(TrackedRecord record) {
        offsetTracker.finish(record.mark());
        end(record);
    }

    /** The record will not be completed here: its partition has gone. */
    synchronized void forget(TrackedRecord record) {
        end(record);
    }

    private void end(TrackedRecord record) {
        release(record);
        underway--;
        pushes -= record.pushes();
        notifyAll();
    }

    /** The offset to commit; empty while nothing has been completed. */
    synchronized OptionalLong committable() {
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

    /** Drops what has not been handled, and lets the rest come to its end. */
    synchronized void drain() {
        waiting.forEach(this::release);
        waiting.clear();
    }

    /** Waits until nothing is under way, or the time is up. */
    synchronized boolean awaitIdle(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long left = limit.toMillis();
                underway > 0 && left > 0;
                left = (deadline - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return underway == 0;
    }

    /** Somebody else owns the partition: nothing more is pushed, and nothing is committed. */
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

    private void run() {
        try {
            // Before any record is under way: whoever drains the partition need not wait for this.
            duplicates.awaitKnown();
            for (List<TrackedRecord> batch = next(); !batch.isEmpty(); batch = next()) {
                processor.process(batch);
            }
        } catch (InterruptedException | AbandonedException | CancellationException e) {
            // Only abandon() interrupts, and cancels: what is left belongs to the partition's next owner.
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** A fault of this program: the process ends, and the next one begins where the last commit was. */
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
        underway += batch.size();
        if (batch.isEmpty()) {
            thread = null;
        }
        return batch;
    }

    private void release(TrackedRecord record) {
        held--;
        heldBytes -= record.bytes();
    }
}

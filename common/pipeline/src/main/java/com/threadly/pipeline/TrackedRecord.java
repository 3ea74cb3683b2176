package com.threadly.pipeline;

import com.threadly.pusher.PushResult;
import com.threadly.pusher.PushTicket;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A record from its poll until all that it gave rise to is durable. Its own lock guards what the publisher's threads share. */
final class TrackedRecord implements PushTicket {

    /** What happens when the last push has come to its end. */
    interface Ending {
        void pushed(TrackedRecord record, PushResult.@Nullable Rejected rejection)
                throws InterruptedException, AbandonedException;
    }

    private final ConsumerRecord<byte[], byte[]> source;
    private final PartitionLane lane;
    private final Watermark.Mark mark;
    private int pushes;
    private int outstanding;
    private boolean forsaken;
    private PushResult.@Nullable Rejected rejection;
    private @Nullable Ending ending;

    TrackedRecord(ConsumerRecord<byte[], byte[]> source, PartitionLane lane, Watermark.Mark mark) {
        this.source = source;
        this.lane = lane;
        this.mark = mark;
    }

    ConsumerRecord<byte[], byte[]> source() {
        return source;
    }

    Watermark.Mark mark() {
        return mark;
    }

    PartitionLane lane() {
        return lane;
    }

    int bytes() {
        return Math.max(0, source.serializedKeySize()) + Math.max(0, source.serializedValueSize());
    }

    /** To be called before its {@code pushes}, at least one, are published. */
    void expect(int pushes, Ending ending) {
        lane.expect(pushes);
        synchronized (this) {
            this.pushes = pushes;
            this.outstanding = pushes;
            this.ending = ending;
        }
    }

    /** How many there were. */
    synchronized int pushes() {
        return pushes;
    }

    @Override
    public boolean abandoned() {
        return lane.abandoned();
    }

    @Override
    public void completed(PushResult result) {
        if (lastOne(result)) {
            end();
        }
    }

    private synchronized boolean lastOne(PushResult result) {
        switch (result) {
            case PushResult.Delivered _, PushResult.Expired _, PushResult.Superseded _ -> {}
            case PushResult.Rejected refused -> rejection = refused;
            case PushResult.Abandoned _ -> forsaken = true;
        }
        return --outstanding == 0;
    }

    private void end() {
        Ending then = ending;
        // It holds the payloads, and this record may have to wait for what is left to do.
        ending = null;
        if (forsaken || then == null) {
            lane.forget(this);
            return;
        }
        try {
            then.pushed(this, rejection);
        } catch (AbandonedException e) {
            lane.forget(this);
        } catch (InterruptedException e) {
            // The publisher's thread is told to end, not by us: it is the one to hear of it.
            Thread.currentThread().interrupt();
            lane.fail(e);
        } catch (RuntimeException | Error e) {
            // Not done, so never committed: only a restart brings the record back.
            lane.fail(e);
        }
    }
}

package com.threadly.pipeline;

import com.threadly.pusher.PushCallback;
import com.threadly.pusher.PushResult;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record from its poll until every effect is durable. Its own lock guards what the publisher's threads share.
 */
final class TrackedRecord implements PushCallback {

    /** Called when the last push is done. */
    interface PushesDone {
        void pushed(TrackedRecord record, PushResult.@Nullable Rejected rejection)
                throws InterruptedException, AbandonedException;
    }

    /** What a header takes in the heap besides its name and its value, roughly. */
    private static final int HEADER_OVERHEAD = 64;

    private final ConsumerRecord<byte[], byte[]> source;
    private final AssignedPartition assigned;
    private final OffsetTracker.Entry mark;
    private final long bytes;
    private int pushes;
    private int outstanding;
    private boolean pushAbandoned;
    private PushResult.@Nullable Rejected rejection;
    private @Nullable PushesDone ending;

    TrackedRecord(ConsumerRecord<byte[], byte[]> source, AssignedPartition assigned, OffsetTracker.Entry mark) {
        this.source = source;
        this.assigned = assigned;
        this.mark = mark;
        this.bytes = bytes(source);
    }

    ConsumerRecord<byte[], byte[]> source() {
        return source;
    }

    OffsetTracker.Entry mark() {
        return mark;
    }

    AssignedPartition assigned() {
        return assigned;
    }

    /** What it takes in the heap until it is done, roughly: headers may be larger than all the rest. */
    long bytes() {
        return bytes;
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> source) {
        long bytes = (long) Math.max(0, source.serializedKeySize()) + Math.max(0, source.serializedValueSize());
        for (Header header : source.headers()) {
            bytes += HEADER_OVERHEAD + header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    /** Call it before its {@code pushes}, at least one, are queued. */
    void expect(int pushes, PushesDone ending) {
        assigned.expect(pushes);
        synchronized (this) {
            this.pushes = pushes;
            this.outstanding = pushes;
            this.ending = ending;
        }
    }

    /** The number of pushes. */
    synchronized int pushes() {
        return pushes;
    }

    @Override
    public boolean abandoned() {
        return !assigned.awaitOurs() || !assigned.maySend(this);
    }

    @Override
    public boolean isGone() {
        return assigned.abandoned();
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
            case PushResult.Abandoned _ -> pushAbandoned = true;
        }
        return --outstanding == 0;
    }

    private void end() {
        PushesDone then = ending;
        // It holds the payloads, and this record may have to wait for the remaining work.
        ending = null;
        if (pushAbandoned || then == null) {
            assigned.forget(this);
            return;
        }
        if (rejection == null) {
            end(then);
        } else {
            // Its dead letter may have to wait for its topic, and the publisher's threads must not.
            assigned.onItsOwnThread(() -> end(then));
        }
    }

    private void end(PushesDone then) {
        try {
            then.pushed(this, rejection);
        } catch (AbandonedException e) {
            assigned.forget(this);
        } catch (InterruptedException e) {
            // Someone else interrupted the publisher's thread: pass the interrupt on.
            Thread.currentThread().interrupt();
            assigned.fail(e);
        } catch (RuntimeException | Error e) {
            // Not done, so never committed: only a restart reads the record again.
            assigned.fail(e);
        }
    }
}

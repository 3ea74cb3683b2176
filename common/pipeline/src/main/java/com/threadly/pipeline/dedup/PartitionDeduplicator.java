package com.threadly.pipeline.dedup;

import com.threadly.deadletter.DeadLetterHeaders;
import com.threadly.pipeline.start.PartitionStart;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Detects duplicate events in one partition. */
public interface PartitionDeduplicator {

    /** Whether the ids from before the assignment are loaded, or never will be. Does not wait. */
    boolean isKnown();

    /** Once they are loaded: where the partition starts. */
    PartitionStart start();

    /** Waits until the ids from before the assignment are loaded. Called by the partition's own thread. */
    void awaitKnown() throws InterruptedException;

    /**
     * Whether the event of {@code record} has already been handled. Call it once per record, in order, on the
     * partition's own thread.
     */
    boolean isDuplicate(ConsumerRecord<byte[], byte[]> record, SpecificRecord event);

    /** No further calls follow. */
    void abandon();

    /** By the ids that are read back, and new ones. */
    static PartitionDeduplicator of(Future<PartitionHistory> readBack) {
        return new PartitionDeduplicator() {
            @Override
            public boolean isKnown() {
                return readBack.isDone();
            }

            @Override
            public PartitionStart start() {
                return readBack.state() == Future.State.SUCCESS
                        ? readBack.resultNow().start()
                        : PartitionStart.COMMITTED;
            }

            @Override
            public void awaitKnown() throws InterruptedException {
                try {
                    var _ = readBack.get();
                } catch (ExecutionException e) {
                    throw new IllegalStateException("failed to read a partition back", e.getCause());
                }
            }

            @Override
            public boolean isDuplicate(ConsumerRecord<byte[], byte[]> record, SpecificRecord event) {
                EventIdSet seen = readBack.resultNow().seen();
                UUID id = eventId(event);
                boolean known = seen != null && id != null && !seen.add(id, record.timestamp());
                // A redriven record has been seen, but not handled.
                return known && record.headers().lastHeader(DeadLetterHeaders.WORKER) == null;
            }

            @Override
            public void abandon() {
                readBack.cancel(false);
            }
        };
    }

    /** The event's id; null when it has none. */
    static @Nullable UUID eventId(SpecificRecord event) {
        Schema.Field field = event.getSchema().getField("eventId");
        return field != null && event.get(field.pos()) instanceof UUID id ? id : null;
    }
}

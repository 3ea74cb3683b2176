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

/** Which events of one partition have come before. */
public interface PartitionDeduplicator {

    /** For handlers that tell duplicates themselves. */
    PartitionDeduplicator NONE = new PartitionDeduplicator() {
        @Override
        public boolean isKnown() {
            return true;
        }

        @Override
        public PartitionStart start() {
            return PartitionStart.COMMITTED;
        }

        @Override
        public void awaitKnown() {}

        @Override
        public boolean isDuplicate(ConsumerRecord<byte[], byte[]> record, SpecificRecord event) {
            return false;
        }

        @Override
        public void abandon() {}
    };

    /** Whether it is known, or never will be, what came before the partition was assigned. Does not wait. */
    boolean isKnown();

    /** Once that is known: where the partition begins. */
    PartitionStart start();

    /** Waits until it is known what came before the partition was assigned. Called by the partition's own thread. */
    void awaitKnown() throws InterruptedException;

    /**
     * Whether the event of {@code record} has been handled already. To be asked once for each record, in order, by the
     * partition's own thread.
     */
    boolean isDuplicate(ConsumerRecord<byte[], byte[]> record, SpecificRecord event);

    /** Nobody will ask any more. */
    void abandon();

    /** By the ids that are read back, and those that come. */
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
                    throw new IllegalStateException("reading a partition back failed", e.getCause());
                }
            }

            @Override
            public boolean isDuplicate(ConsumerRecord<byte[], byte[]> record, SpecificRecord event) {
                EventIdSet seen = readBack.resultNow().seen();
                UUID id = eventId(event);
                boolean known = seen != null && id != null && !seen.add(id, record.timestamp());
                // A record that is redriven has been seen, but not handled.
                return known && record.headers().lastHeader(DeadLetterHeaders.WORKER) == null;
            }

            @Override
            public void abandon() {
                readBack.cancel(false);
            }
        };
    }

    /** The event's id; null for those that have none. */
    static @Nullable UUID eventId(SpecificRecord event) {
        Schema.Field field = event.getSchema().getField("eventId");
        return field != null && event.get(field.pos()) instanceof UUID id ? id : null;
    }
}

package com.threadly.common.pipeline;

import com.threadly.common.deadletter.DeadLetterHeaders;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Which events of one partition have come before. Asked once for each record, in order, on the lane's thread. */
interface Duplicates {

    /** For handlers that tell duplicates themselves. */
    Duplicates NONE = (record, event) -> false;

    /** Whether the event of {@code record} has been handled already; waits until that is known. */
    boolean isDuplicate(ConsumerRecord<byte[], byte[]> record, SpecificRecord event) throws InterruptedException;

    /** By the ids that have been read back, and those that come. */
    static Duplicates of(Future<SeenIds> readBack) {
        return (record, event) -> {
            SeenIds seen = await(readBack);
            UUID id = eventId(event);
            boolean known = id != null && !seen.add(id, record.timestamp());
            // A record that is redriven has been seen, but not handled.
            return known && record.headers().lastHeader(DeadLetterHeaders.WORKER) == null;
        };
    }

    /** The event's id; null for those that have none. */
    static @Nullable UUID eventId(SpecificRecord event) {
        Schema.Field field = event.getSchema().getField("eventId");
        return field != null && event.get(field.pos()) instanceof UUID id ? id : null;
    }

    private static SeenIds await(Future<SeenIds> readBack) throws InterruptedException {
        try {
            return readBack.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading a partition back failed", e.getCause());
        }
    }
}

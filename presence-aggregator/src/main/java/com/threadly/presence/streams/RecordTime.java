package com.threadly.presence.streams;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Uses a record's own time, not its event's: derived records are written to Kafka with that time, and brokers reject
 * times more than an hour ahead. Only the rules see an event's time.
 */
final class RecordTime implements TimestampExtractor {

    private static final long NONE = 0;

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        // Streams silently drops records with a negative time.
        return Math.max(NONE, record.timestamp());
    }

    /**
     * The time of records derived from a record, at {@code now}. No clock decides alone: a topic may accept any time,
     * and the next topic may not.
     */
    static long following(long recordTime, long now) {
        return recordTime == NONE ? now : Math.min(recordTime, now);
    }
}

package com.threadly.presence.streams;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A record's time is its own, and not its event's: what is made of it is written to Kafka with that time, and brokers
 * refuse times more than an hour ahead. So an event's time reaches the rules, and nothing else.
 */
final class RecordTime implements TimestampExtractor {

    private static final long NONE = 0;

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        // Streams drops records of a negative time without a word.
        return Math.max(NONE, record.timestamp());
    }

    /**
     * The time of what follows from a record, at {@code now}. Nobody's clock decides alone: a topic may be set to take
     * any time, and the next topic not to.
     */
    static long following(long recordTime, long now) {
        return recordTime == NONE ? now : Math.min(recordTime, now);
    }
}

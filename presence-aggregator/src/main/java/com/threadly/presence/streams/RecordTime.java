package com.threadly.presence.streams;

import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The time of a record is when it was appended, by the broker's clock. Where the topic takes the producers' times
 * instead, none is later than now: it would end everyone's presence, and be refused by the topics of what follows.
 */
final class RecordTime implements TimestampExtractor {

    private static final long NONE = 0;

    private final LongSupplier wallClock;

    RecordTime(LongSupplier wallClock) {
        this.wallClock = wallClock;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        if (record.timestampType() == TimestampType.LOG_APPEND_TIME) {
            return record.timestamp();
        }
        long now = wallClock.getAsLong();
        return record.timestamp() <= NONE ? Math.max(partitionTime, NONE) : Math.min(record.timestamp(), now);
    }
}

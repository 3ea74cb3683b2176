package com.threadly.presence.streams;

import com.threadly.presence.signal.PresenceSignal;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Uses a record's own time, not its event's: derived records are written to Kafka with that time, and brokers reject
 * times more than an hour ahead. Only the rules see an event's time.
 */
final class RecordTime implements TimestampExtractor {

    /**
     * How far an event may be ahead of its record: the clocks of its origin, its producer and the broker may differ.
     * Clocks synchronized by NTP differ by less.
     */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

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

    /** {@code signal} with its time limited by its record's {@code recordTime}. */
    static PresenceSignal credible(PresenceSignal signal, long recordTime) {
        return signal.notAfter(recordTime + TOLERANCE.toMillis());
    }
}

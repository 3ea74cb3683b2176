package com.threadly.presence.streams;

import com.threadly.presence.signal.PresenceSignal;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A record's time is its own, and not its event's: what is made of it is written to Kafka with that time, and brokers
 * refuse times more than an hour ahead. So an event's time reaches the rules, and nothing else.
 */
final class RecordTime implements TimestampExtractor {

    /**
     * An event may be so far ahead of its record: the clock of the host where it happened need not be the one of the
     * host that published it, or of the broker. Clocks that are kept by NTP differ by less.
     */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

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

    /** {@code signal} as a record of {@code recordTime} may tell it. */
    static PresenceSignal credible(PresenceSignal signal, long recordTime) {
        return signal.notAfter(recordTime + TOLERANCE.toMillis());
    }
}

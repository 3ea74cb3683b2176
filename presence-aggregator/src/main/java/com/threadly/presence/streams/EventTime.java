package com.threadly.presence.streams;

import com.threadly.events.PresenceChanged;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** A record's time is when its event happened, not when it was published. */
final class EventTime implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        // Streams drops records of a negative time without a word; those are for our rules to judge.
        return record.value() instanceof PresenceChanged event
                ? Math.max(0, event.getOccurredAt().toEpochMilli())
                : Math.max(0, record.timestamp());
    }
}

package com.threadly.localstack.traffic;

import com.threadly.events.Topic;
import java.time.Instant;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/** An event and its topic. */
public record Emission<V extends SpecificRecord>(Topic<V> topic, V event) {

    /** The record's key. */
    public String key() {
        return topic.keyOf(event);
    }

    public UUID eventId() {
        return (UUID) field("eventId");
    }

    public Instant occurredAt() {
        return (Instant) field("occurredAt");
    }

    private Object field(String name) {
        return event.get(event.getSchema().getField(name).pos());
    }
}

package com.threadly.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.NullMarked;

/**
 * A topic and the contract of its records.
 *
 * @param name the topic's name
 * @param keyField the field of the value whose text is the record's key: records with the same key keep their order
 * @param valueType the class of the value
 * @param partitions partitions at creation, hence the maximum number of processes of one worker that share it
 * @param retention how long records are kept; for a compacted topic, how long tombstones are
 * @param cleanup whether old records or only superseded ones are deleted
 * @param clock whose time a record has
 */
@NullMarked
public record Topic<V extends SpecificRecord>(
        String name,
        String keyField,
        Class<V> valueType,
        int partitions,
        Duration retention,
        Cleanup cleanup,
        Clock clock) {

    /** Kafka's {@code cleanup.policy}. */
    public enum Cleanup {
        DELETE,
        COMPACT
    }

    /** Kafka's {@code message.timestamp.type}. */
    public enum Clock {
        PRODUCER,
        BROKER
    }

    public Topic(
            String name, String keyField, Class<V> valueType, int partitions, Duration retention, Cleanup cleanup) {
        this(name, keyField, valueType, partitions, retention, cleanup, Clock.PRODUCER);
    }

    public Topic {
        Objects.requireNonNull(SpecificData.get().getSchema(valueType).getField(keyField), keyField);
    }

    /** The record's key for {@code value}. */
    public String keyOf(V value) {
        return value.get(value.getSchema().getField(keyField).pos()).toString();
    }

    /** The registry subject of the value's schema, by Confluent's TopicNameStrategy. */
    public String subject() {
        return name + "-value";
    }

    /** The dead letter topic for records of this topic that {@code worker} cannot handle. */
    public String deadLetters(String worker) {
        return Topics.deadLetters(name, worker);
    }

    /** Topic-level settings for Kafka's admin client. */
    public Map<String, String> config() {
        var config = new HashMap<String, String>();
        switch (cleanup) {
            case DELETE -> {
                config.put("cleanup.policy", "delete");
                config.put("retention.ms", Long.toString(retention.toMillis()));
            }
            case COMPACT -> {
                config.put("cleanup.policy", "compact");
                config.put("delete.retention.ms", Long.toString(retention.toMillis()));
            }
        }
        if (clock == Clock.BROKER) {
            config.put("message.timestamp.type", "LogAppendTime");
        }
        return Map.copyOf(config);
    }
}

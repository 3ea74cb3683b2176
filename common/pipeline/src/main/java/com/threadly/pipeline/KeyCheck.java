package com.threadly.pipeline;

import com.threadly.events.Topic;
import com.threadly.events.Topics;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices records whose key is not the id that their topic is ordered by. Order and deduplication are per key, so a
 * producer that publishes with another one loses both, and nothing else shows it.
 */
final class KeyCheck {

    private static final Logger log = LoggerFactory.getLogger(KeyCheck.class);

    private final PipelineMetrics metrics;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    KeyCheck(PipelineMetrics metrics) {
        this.metrics = metrics;
    }

    /** A record without a key. */
    void missing(ConsumerRecord<byte[], byte[]> record) {
        note(record);
    }

    /** A record with this key and event. */
    void check(ConsumerRecord<byte[], byte[]> record, String key, SpecificRecord event) {
        String id = id(record.topic(), event);
        if (id != null && !id.equals(key)) {
            note(record);
        }
    }

    private static @Nullable String id(String topic, SpecificRecord event) {
        Schema.Field field = Topics.named(topic)
                .map(Topic::keyField)
                .map(event.getSchema()::getField)
                .orElse(null);
        Object id = field == null ? null : event.get(field.pos());
        return id == null ? null : id.toString();
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        metrics.wrongKey(record.topic());
        // Once per topic: such a producer does it with each record.
        if (logged.add(record.topic())) {
            log.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue(
                            "expected",
                            Topics.named(record.topic()).map(Topic::keyField).orElse("a key"))
                    .log("a record has no key or a wrong one: order and deduplication are per key; fix its producer");
        }
    }
}

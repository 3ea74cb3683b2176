package com.threadly.pipeline;

import static java.util.Objects.requireNonNull;

import com.threadly.events.Topic;
import io.micrometer.core.instrument.Counter;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices records whose key is not the id that their topic is ordered by. Order and deduplication are per key, so a
 * producer that publishes with another one loses both, and nothing else shows it.
 */
final class KeyCheck {

    /** The field that is a topic's key, by its position, and how many records differ. */
    private record Key(String field, int position, Counter wrong) {}

    private static final Logger log = LoggerFactory.getLogger(KeyCheck.class);

    private final Map<String, Key> keys;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /** For records of {@code topics} only. */
    KeyCheck(Collection<Topic<?>> topics, PipelineMetrics metrics) {
        keys = topics.stream()
                .collect(Collectors.toMap(
                        Topic::name,
                        topic -> new Key(
                                topic.keyField(),
                                SpecificData.get()
                                        .getSchema(topic.valueType())
                                        .getField(topic.keyField())
                                        .pos(),
                                metrics.wrongKeys(topic.name()))));
    }

    /** A record without a key. */
    void missing(ConsumerRecord<byte[], byte[]> record) {
        note(record, key(record));
    }

    /** A record with this key and event, which is of its topic's type. */
    void check(ConsumerRecord<byte[], byte[]> record, String key, SpecificRecord event) {
        Key expected = key(record);
        if (!key.equals(String.valueOf(event.get(expected.position())))) {
            note(record, expected);
        }
    }

    private Key key(ConsumerRecord<byte[], byte[]> record) {
        return requireNonNull(keys.get(record.topic()), record.topic());
    }

    private void note(ConsumerRecord<byte[], byte[]> record, Key expected) {
        expected.wrong().increment();
        // Once per topic: such a producer does it with each record.
        if (logged.add(record.topic())) {
            log.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("expected", expected.field())
                    .log("a record has no key or a wrong one: order and deduplication are per key; fix its producer");
        }
    }
}

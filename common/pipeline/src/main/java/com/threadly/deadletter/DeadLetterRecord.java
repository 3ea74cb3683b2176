package com.threadly.deadletter;

import com.threadly.runtime.kafka.BoundedConsumer;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** As much of a record as fits its dead letter topic; the headers say where the rest is. */
final class DeadLetterRecord {

    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final Headers headers;

    /** All that was kept of {@code record}. */
    static DeadLetterRecord of(ConsumerRecord<byte[], byte[]> record, Headers headers) {
        byte @Nullable [] key = record.key();
        byte @Nullable [] value = record.value();
        Headers place = headers;
        if (BoundedConsumer.isKeyLeftOut(record)) {
            key = null;
            place = DeadLetterHeaders.withoutKey(place, record.serializedKeySize());
        }
        if (BoundedConsumer.isValueLeftOut(record)) {
            value = null;
            place = DeadLetterHeaders.withoutValue(place, record.serializedValueSize());
        }
        return new DeadLetterRecord(key, value, place);
    }

    DeadLetterRecord(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        this.key = key;
        this.value = value;
        this.headers = headers;
    }

    ProducerRecord<byte[], byte[]> in(String topic) {
        return new ProducerRecord<>(topic, null, key, value, headers);
    }

    /** Without the largest of value, key and source headers; empty when all are already gone. */
    Optional<DeadLetterRecord> withoutLargestPart() {
        int keyBytes = key == null ? 0 : key.length;
        int valueBytes = value == null ? 0 : value.length;
        int headerBytes = DeadLetterHeaders.sourceBytes(headers);
        if (valueBytes > 0 && valueBytes >= Math.max(keyBytes, headerBytes)) {
            return Optional.of(new DeadLetterRecord(key, null, DeadLetterHeaders.withoutValue(headers, valueBytes)));
        }
        if (headerBytes > 0 && headerBytes >= keyBytes) {
            return Optional.of(new DeadLetterRecord(key, value, DeadLetterHeaders.withoutSource(headers, headerBytes)));
        }
        return keyBytes > 0
                ? Optional.of(new DeadLetterRecord(null, value, DeadLetterHeaders.withoutKey(headers, keyBytes)))
                : Optional.empty();
    }
}

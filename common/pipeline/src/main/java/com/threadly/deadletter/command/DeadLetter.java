package com.threadly.deadletter.command;

import com.threadly.deadletter.DeadLetterHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of a dead letter topic. Its headers come from outside: each may be missing or wrong.
 *
 * @param topic the source topic that the dead letter topic belongs to
 * @param redriven whether it has been published again
 */
record DeadLetter(String topic, ConsumerRecord<byte[], byte[]> record, boolean redriven) {

    private static final String UNKNOWN = "?";

    Position position() {
        return new Position(record.partition(), record.offset());
    }

    String reason() {
        return text(DeadLetterHeaders.REASON);
    }

    /** A header's text, or a question mark. */
    String text(String header) {
        String text = header(header);
        return text == null ? UNKNOWN : text;
    }

    private @Nullable String header(String name) {
        return DeadLetterHeaders.text(record.headers(), name);
    }

    Instant failedAt() {
        try {
            return Instant.parse(text(DeadLetterHeaders.FAILED_AT));
        } catch (DateTimeException e) {
            return Instant.ofEpochMilli(record.timestamp());
        }
    }

    boolean valueLeftOut() {
        return header(DeadLetterHeaders.VALUE_LEFT_OUT) != null;
    }

    boolean keyLeftOut() {
        return header(DeadLetterHeaders.KEY_LEFT_OUT) != null;
    }

    /** Whether part of the record is in the source topic only. */
    boolean isIncomplete() {
        return DeadLetterHeaders.isIncomplete(record.headers());
    }

    /** The record's position in the source topic; null unless the headers name one in that topic. */
    @Nullable
    Position source() {
        if (!topic.equals(header(DeadLetterHeaders.TOPIC))) {
            return null;
        }
        try {
            return Position.parse(text(DeadLetterHeaders.PARTITION) + ":" + text(DeadLetterHeaders.OFFSET));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

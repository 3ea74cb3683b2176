package com.threadly.common.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The headers that say where a dead letter came from and why. Values are UTF-8 text. */
public final class DeadLetterHeaders {

    public static final String TOPIC = "dlq.topic";
    public static final String PARTITION = "dlq.partition";
    public static final String OFFSET = "dlq.offset";
    /** The source record's timestamp, ISO-8601. */
    public static final String TIMESTAMP = "dlq.timestamp";
    /** When it became a dead letter, ISO-8601. */
    public static final String FAILED_AT = "dlq.failed-at";

    public static final String WORKER = "dlq.worker";
    /** A {@link Reason}. */
    public static final String REASON = "dlq.reason";
    /** The cause in words; no payload, no secret. */
    public static final String MESSAGE = "dlq.message";
    /** How many bytes the value had, when no dead letter may be so large; they are in the source topic only. */
    public static final String VALUE_LEFT_OUT = "dlq.value-left-out";

    /**
     * On a record of a dead letter topic that is no letter: the partition and offset there, {@code P:O}, of the letter
     * that has been redriven.
     */
    public static final String REDRIVEN = "dlq.redriven";

    private DeadLetterHeaders() {}

    /** The text of the header called {@code name}; null when there is none. */
    public static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** The record's own headers and ours. */
    public static Headers of(
            ConsumerRecord<byte[], byte[]> record, String worker, Reason reason, String message, Instant now) {
        Headers headers = new RecordHeaders(record.headers().toArray());
        // Of the source's own making they would say what is not true of this letter.
        headers.remove(REDRIVEN);
        headers.remove(VALUE_LEFT_OUT);
        put(headers, TOPIC, record.topic());
        put(headers, PARTITION, Integer.toString(record.partition()));
        put(headers, OFFSET, Long.toString(record.offset()));
        put(headers, TIMESTAMP, Instant.ofEpochMilli(record.timestamp()).toString());
        put(headers, FAILED_AT, now.toString());
        put(headers, WORKER, worker);
        put(headers, REASON, reason.name());
        put(headers, MESSAGE, message);
        return headers;
    }

    /** The same for a dead letter whose value of {@code bytes} is left out. */
    static Headers withoutValue(Headers headers, int bytes) {
        Headers more = new RecordHeaders(headers.toArray());
        put(more, VALUE_LEFT_OUT, Integer.toString(bytes));
        return more;
    }

    private static void put(Headers headers, String name, String value) {
        // A redriven record carries those of its first failure.
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}

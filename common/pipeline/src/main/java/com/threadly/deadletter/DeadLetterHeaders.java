package com.threadly.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The headers with a dead letter's source and cause. Values are UTF-8 text. */
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
    /** The value's size in bytes, when it is too large for a dead letter; it is in the source topic only. */
    public static final String VALUE_LEFT_OUT = "dlq.value-left-out";
    /** The same for the key. */
    public static final String KEY_LEFT_OUT = "dlq.key-left-out";
    /** The same for all headers of the source record, except those defined here. */
    public static final String HEADERS_LEFT_OUT = "dlq.headers-left-out";

    /**
     * On a redrive mark in a dead letter topic: the partition and offset, {@code P:O}, of the dead letter that has been
     * redriven.
     */
    public static final String REDRIVEN = "dlq.redriven";

    /** Enough for a cause, and too little to make the dead letter too large. */
    private static final int MAX_MESSAGE_LENGTH = 2_000;

    /** Per header, in addition to name and value: their lengths. */
    private static final int HEADER_OVERHEAD = 2;

    private static final Set<String> LEFT_OUT = Set.of(VALUE_LEFT_OUT, KEY_LEFT_OUT, HEADERS_LEFT_OUT);
    private static final Set<String> CAUSE =
            Set.of(TOPIC, PARTITION, OFFSET, TIMESTAMP, FAILED_AT, WORKER, REASON, MESSAGE);

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
        // Copied from the source, they would be wrong about this dead letter.
        headers.remove(REDRIVEN);
        LEFT_OUT.forEach(headers::remove);
        put(headers, TOPIC, record.topic());
        put(headers, PARTITION, Integer.toString(record.partition()));
        put(headers, OFFSET, Long.toString(record.offset()));
        put(headers, TIMESTAMP, Instant.ofEpochMilli(record.timestamp()).toString());
        put(headers, FAILED_AT, now.toString());
        put(headers, WORKER, worker);
        put(headers, REASON, reason.name());
        put(headers, MESSAGE, message.substring(0, Math.min(message.length(), MAX_MESSAGE_LENGTH)));
        return headers;
    }

    /** Whether the dead letter with these headers lacks part of its source record. */
    public static boolean isIncomplete(Headers headers) {
        return LEFT_OUT.stream().anyMatch(part -> headers.lastHeader(part) != null);
    }

    /** The headers of the complete dead letter: those of {@code source}, and the cause from {@code deadLetter}. */
    public static Headers restored(Headers source, Headers deadLetter) {
        Headers whole = new RecordHeaders(source.toArray());
        CAUSE.forEach(name -> {
            String text = text(deadLetter, name);
            if (text != null) {
                put(whole, name, text);
            }
        });
        return whole;
    }

    /** The headers of a redriven record that has room only for the worker of its dead letter. */
    public static Headers withoutCause(Headers headers) {
        Headers fewer = new RecordHeaders(headers.toArray());
        CAUSE.stream().filter(name -> !name.equals(WORKER)).forEach(fewer::remove);
        return fewer;
    }

    /** The size in bytes of the source record's headers. */
    static int sourceBytes(Headers headers) {
        int bytes = 0;
        for (Header header : headers) {
            if (!isOurs(header)) {
                byte[] value = header.value();
                bytes += header.key().getBytes(StandardCharsets.UTF_8).length
                        + (value == null ? 0 : value.length)
                        + HEADER_OVERHEAD;
            }
        }
        return bytes;
    }

    /** The same for a dead letter without its value of {@code bytes}. */
    static Headers withoutValue(Headers headers, int bytes) {
        return with(headers, VALUE_LEFT_OUT, bytes);
    }

    /** The same for a dead letter without its key of {@code bytes}. */
    static Headers withoutKey(Headers headers, int bytes) {
        return with(headers, KEY_LEFT_OUT, bytes);
    }

    /** The same without the source record's headers, which take {@code bytes}. */
    static Headers withoutSource(Headers headers, int bytes) {
        var ours = new RecordHeaders();
        for (Header header : headers) {
            if (isOurs(header)) {
                ours.add(header);
            }
        }
        return with(ours, HEADERS_LEFT_OUT, bytes);
    }

    private static boolean isOurs(Header header) {
        return CAUSE.contains(header.key()) || LEFT_OUT.contains(header.key());
    }

    private static Headers with(Headers headers, String name, int bytes) {
        Headers more = new RecordHeaders(headers.toArray());
        put(more, name, Integer.toString(bytes));
        return more;
    }

    private static void put(Headers headers, String name, String value) {
        // A redriven record has those of its first failure.
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}

package com.threadly.deadletter.command;

import com.threadly.deadletter.DeadLetterHeaders;
import com.threadly.deadletter.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/** Records of a dead letter topic, as the worker writes them. */
final class DeadLetterSamples {

    static final String TOPIC = "message-events";
    static final String WORKER = "message-fanout-worker";
    static final String LETTERS = "message-events.message-fanout-worker.dlq";
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private DeadLetterSamples() {}

    /** The dead letter at {@code position} of a record that lay at partition 7, offset 100. */
    static DeadLetter deadLetter(Position position, Reason reason, Instant failedAt) {
        return new DeadLetter(TOPIC, record(position, reason, failedAt), false);
    }

    static ConsumerRecord<byte[], byte[]> record(Position position, Reason reason, Instant failedAt) {
        var source = new ConsumerRecord<>(TOPIC, 7, 100, bytes("c-1"), bytes("value"));
        Headers headers = DeadLetterHeaders.of(source, WORKER, reason, "a cause", failedAt);
        var deadLetter =
                new ConsumerRecord<>(LETTERS, position.partition(), position.offset(), bytes("c-1"), bytes("value"));
        headers.forEach(deadLetter.headers()::add);
        return deadLetter;
    }

    /** The mark that the dead letter at {@code redriven} has been redriven. */
    static ConsumerRecord<byte[], byte[]> mark(Position position, Position redriven) {
        var mark = new ConsumerRecord<byte[], byte[]>(
                LETTERS, position.partition(), position.offset(), bytes("c-1"), null);
        mark.headers().add(DeadLetterHeaders.REDRIVEN, bytes(redriven.toString()));
        return mark;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

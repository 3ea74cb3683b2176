package com.threadly.presence.streams;

import static java.util.Objects.requireNonNull;

import com.threadly.common.deadletter.DeadLetterHeaders;
import com.threadly.common.deadletter.DeadLetterNotice;
import com.threadly.common.deadletter.Reason;
import com.threadly.common.push.InvalidFieldException;
import com.threadly.common.serde.UndecodableException;
import com.threadly.events.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes dead letters of records that are at fault themselves, by KIP-1034: Kafka Streams writes them with its own
 * producer, before it moves past the record. What is down or broken on our side is never a record's fault.
 */
final class BadRecords {

    /** Where the handlers find this object among the settings. */
    static final String CONFIG = "threadly.bad.records";

    private final String worker;
    private final Clock clock;
    private final DeadLetterNotice notice;

    BadRecords(String worker, Clock clock, MeterRegistry metrics) {
        this.worker = worker;
        this.clock = clock;
        this.notice = new DeadLetterNotice(metrics);
    }

    /** The dead letter of {@code record}, if {@code exception} says that the record is at fault. */
    Optional<List<ProducerRecord<byte[], byte[]>>> deadLetter(
            ConsumerRecord<byte[], byte[]> record, Exception exception) {
        return switch (exception) {
            case InvalidFieldException _ -> Optional.of(deadLetter(record, Reason.INVALID, exception));
            case UndecodableException _ -> Optional.of(deadLetter(record, Reason.UNDECODABLE, exception));
            // Such as a registry or a store that does not answer: the thread dies, and its successor tries again.
            default -> Optional.empty();
        };
    }

    private List<ProducerRecord<byte[], byte[]>> deadLetter(
            ConsumerRecord<byte[], byte[]> record, Reason reason, Exception cause) {
        String message = String.valueOf(cause.getMessage());
        notice.of(record, reason, message);
        return List.of(new ProducerRecord<>(
                Topics.PRESENCE_EVENTS.deadLetters(worker),
                null,
                record.key(),
                record.value(),
                DeadLetterHeaders.of(record, worker, reason, message, clock.instant())));
    }

    static BadRecords of(Map<String, ?> configs) {
        return (BadRecords) requireNonNull(configs.get(CONFIG), CONFIG);
    }
}

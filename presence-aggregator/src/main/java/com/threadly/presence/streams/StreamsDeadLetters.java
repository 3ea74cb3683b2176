package com.threadly.presence.streams;

import static java.util.Objects.requireNonNull;

import com.threadly.deadletter.DeadLetters;
import com.threadly.deadletter.Reason;
import com.threadly.events.InvalidFieldException;
import com.threadly.serde.UndecodableException;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Makes dead letters of records that are at fault themselves. What is down or broken on our side is never a record's
 * fault.
 *
 * <p>Not with the producer of Kafka Streams (KIP-1034): a letter that its topic does not take, for its size or because
 * there is no such topic, would fail the transaction, and the thread with it, each time that the record is read again.
 * A thread that dies between the letter and the commit writes the letter once more.
 */
final class StreamsDeadLetters {

    /** Where the handlers find this object among the settings. */
    static final String CONFIG = "threadly.bad.records";

    private final DeadLetters deadLetters;

    StreamsDeadLetters(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /**
     * Writes the dead letter of {@code record}, if {@code exception} says that the record is at fault.
     *
     * @throws KafkaException when it cannot be written: the thread dies, and its successor tries again
     */
    boolean putAside(ConsumerRecord<byte[], byte[]> record, Exception exception) {
        return switch (exception) {
            case InvalidFieldException _ -> putAside(record, Reason.INVALID, exception);
            case UndecodableException _ -> putAside(record, Reason.UNDECODABLE, exception);
            // Such as a registry or a store that does not answer: the thread dies, and its successor tries again.
            default -> false;
        };
    }

    private boolean putAside(ConsumerRecord<byte[], byte[]> record, Reason reason, Exception cause) {
        try {
            deadLetters.send(record, reason, String.valueOf(cause.getMessage()));
            return true;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    static StreamsDeadLetters of(Map<String, ?> configs) {
        return (StreamsDeadLetters) requireNonNull(configs.get(CONFIG), CONFIG);
    }
}

package com.threadly.presence.streams;

import static java.util.Objects.requireNonNull;

import com.threadly.deadletter.DeadLetters;
import com.threadly.deadletter.Reason;
import com.threadly.events.InvalidFieldException;
import com.threadly.serde.UndecodableException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Writes dead letters for records that are themselves at fault, or that have killed a thread before: otherwise they would
 * kill each successor. An outage is never a record's fault.
 *
 * <p>Not with the producer of Kafka Streams (KIP-1034): a dead letter that is too large, or whose topic is missing,
 * would fail the transaction, and the thread with it, each time the record is read. A thread that dies between the dead
 * letter and the commit writes it again.
 */
final class StreamsDeadLetters {

    /** The setting in which the handlers find this object. */
    static final String CONFIG = "threadly.bad.records";

    private final DeadLetters deadLetters;
    private final Map<TopicPartition, Long> lastKillers = new ConcurrentHashMap<>();

    StreamsDeadLetters(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /**
     * Writes the dead letter of {@code record}, if {@code exception} shows that the record is at fault.
     *
     * @throws KafkaException when it cannot be written: the thread dies, and its successor retries
     */
    boolean putAside(ConsumerRecord<byte[], byte[]> record, Exception exception) {
        return switch (exception) {
            case InvalidFieldException _ -> putAside(record, Reason.INVALID, exception);
            case UndecodableException _ -> putAside(record, Reason.UNDECODABLE, exception);
            // Such as an unavailable registry or store: the thread dies, and its successor retries.
            case KafkaException _ -> false;
            default -> hasKilled(record) && putAside(record, Reason.FAILED, exception);
        };
    }

    /** Whether it has done so before; from now on it has. */
    private boolean hasKilled(ConsumerRecord<byte[], byte[]> record) {
        var partition = new TopicPartition(record.topic(), record.partition());
        return Objects.equals(lastKillers.put(partition, record.offset()), record.offset());
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

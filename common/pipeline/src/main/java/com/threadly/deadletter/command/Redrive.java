package com.threadly.deadletter.command;

import com.threadly.deadletter.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes dead letters to where they came from, then marks them: a crash in between publishes some twice, and loses
 * none.
 */
final class Redrive {

    /** Receives dead letters that could not be redriven. */
    @FunctionalInterface
    interface Complaints {
        void about(DeadLetter deadLetter, String why);
    }

    private record Sent(
            DeadLetter deadLetter, ProducerRecord<byte[], byte[]> record, Future<RecordMetadata> acknowledgement) {}

    private static final Logger log = LoggerFactory.getLogger(Redrive.class);

    private final Producer<byte[], byte[]> producer;
    private final SourceRecords sources;
    private final Complaints complaints;
    private final Map<String, Integer> redriven = new TreeMap<>();
    private boolean complete = true;

    Redrive(Producer<byte[], byte[]> producer, SourceRecords sources, Complaints complaints) {
        this.producer = producer;
        this.sources = sources;
        this.complaints = complaints;
    }

    /** The number of republished dead letters by topic. */
    Map<String, Integer> redriven() {
        return redriven;
    }

    /** Whether none was skipped. */
    boolean complete() {
        return complete;
    }

    /** @throws KafkaException when Kafka is unavailable */
    void redrive(List<DeadLetter> letters) throws InterruptedException {
        var published = new ArrayList<Sent>();
        for (DeadLetter deadLetter : letters) {
            Position source = deadLetter.source();
            if (source == null) {
                leave(
                        deadLetter,
                        "its headers do not name its partition and offset in %s".formatted(deadLetter.topic()));
                continue;
            }
            if (source.partition() >= producer.partitionsFor(deadLetter.topic()).size()) {
                leave(
                        deadLetter,
                        String.format(
                                Locale.ROOT,
                                "%s no longer has a partition %d",
                                deadLetter.topic(),
                                source.partition()));
                continue;
            }
            Optional<ProducerRecord<byte[], byte[]>> again = again(deadLetter, source);
            if (again.isEmpty()) {
                leave(
                        deadLetter,
                        "part of it is in no dead letter topic, and retention has removed it from %s %s"
                                .formatted(deadLetter.topic(), source));
                continue;
            }
            published.add(send(deadLetter, again.get()));
        }
        var marks = new ArrayList<Sent>();
        for (Sent sent : published) {
            if (isTaken(sent) || isTakenWithoutCause(sent)) {
                redriven.merge(sent.deadLetter().topic(), 1, Integer::sum);
                marks.add(send(sent.deadLetter(), mark(sent.deadLetter())));
            } else {
                leave(sent.deadLetter(), "Kafka rejected it; see the cause in the log");
            }
        }
        for (Sent mark : marks) {
            if (!isTaken(mark)) {
                leave(
                        mark.deadLetter(),
                        "it was republished, but could not be marked: the next redrive publishes it again");
            }
        }
    }

    /** The original record, with the cause from the dead letter; empty when it has been deleted. */
    private Optional<ProducerRecord<byte[], byte[]>> again(DeadLetter deadLetter, Position source)
            throws InterruptedException {
        if (deadLetter.isIncomplete()) {
            return sources.at(deadLetter.topic(), source)
                    .map(whole -> again(
                            deadLetter,
                            source,
                            whole,
                            DeadLetterHeaders.restored(
                                    whole.headers(), deadLetter.record().headers())));
        }
        return deadLetter.record().value() == null
                ? Optional.empty()
                : Optional.of(again(
                        deadLetter,
                        source,
                        deadLetter.record(),
                        deadLetter.record().headers()));
    }

    private static ProducerRecord<byte[], byte[]> again(
            DeadLetter deadLetter, Position source, ConsumerRecord<byte[], byte[]> whole, Headers headers) {
        return new ProducerRecord<>(deadLetter.topic(), source.partition(), whole.key(), whole.value(), headers);
    }

    private static ProducerRecord<byte[], byte[]> mark(DeadLetter deadLetter) {
        var headers = new RecordHeaders();
        headers.add(DeadLetterHeaders.REDRIVEN, deadLetter.position().toString().getBytes(StandardCharsets.UTF_8));
        return new ProducerRecord<>(
                deadLetter.record().topic(),
                deadLetter.record().partition(),
                deadLetter.record().key(),
                null,
                headers);
    }

    private Sent send(DeadLetter deadLetter, ProducerRecord<byte[], byte[]> record) {
        return new Sent(deadLetter, record, producer.send(record));
    }

    /** A record at its topic's size limit came without our headers, and has no room for all of them. */
    private boolean isTakenWithoutCause(Sent refused) throws InterruptedException {
        if (!(refused.acknowledgement().exceptionNow() instanceof RecordTooLargeException)) {
            return false;
        }
        ProducerRecord<byte[], byte[]> record = refused.record();
        return isTaken(send(
                refused.deadLetter(),
                new ProducerRecord<>(
                        record.topic(),
                        record.partition(),
                        record.key(),
                        record.value(),
                        DeadLetterHeaders.withoutCause(record.headers()))));
    }

    private boolean isTaken(Sent sent) throws InterruptedException {
        try {
            sent.acknowledgement().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException unavailable) {
                throw unavailable;
            }
            log.atWarn().setCause(e.getCause()).log("Kafka rejected a record");
            return false;
        }
    }

    private void leave(DeadLetter deadLetter, String why) {
        complete = false;
        complaints.about(deadLetter, why);
    }
}

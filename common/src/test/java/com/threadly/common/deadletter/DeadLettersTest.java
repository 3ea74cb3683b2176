package com.threadly.common.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DeadLettersTest {

    private static final int LIMIT = 100;

    /** Refuses what the broker's topic would. */
    private static final class Limited extends MockProducer<byte[], byte[]> {
        Limited() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            return record.value() != null && record.value().length > LIMIT
                    ? CompletableFuture.failedFuture(new RecordTooLargeException("too large"))
                    : super.send(record, callback);
        }
    }

    @Test
    void leavesOutAValueThatIsTooLargeRatherThanHoldUpItsPartition() throws Exception {
        try (var producer = new Limited();
                var letters = new DeadLetters(producer, "worker", Clock.systemUTC(), new SimpleMeterRegistry())) {
            letters.send(record(LIMIT), Reason.UNDECODABLE, "no Avro");
            letters.send(record(LIMIT + 1), Reason.UNDECODABLE, "no Avro");

            assertThat(producer.history().getFirst().value()).hasSize(LIMIT);
            ProducerRecord<byte[], byte[]> without = producer.history().getLast();
            assertThat(without.value()).isNull();
            assertThat(header(without, DeadLetterHeaders.VALUE_LEFT_OUT)).isEqualTo("101");
            assertThat(header(without, DeadLetterHeaders.OFFSET)).isEqualTo("7");
        }
    }

    @Test
    void theTraceOfARecordGoesWithItsDeadLetterAndIntoTheLog() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(DeadLetterNotice.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        logger.addAppender(lines);
        String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        ConsumerRecord<byte[], byte[]> record = record(1);
        record.headers().add("traceparent", traceparent.getBytes(StandardCharsets.US_ASCII));
        try (var producer = new Limited();
                var letters = new DeadLetters(producer, "worker", Clock.systemUTC(), new SimpleMeterRegistry())) {
            letters.send(record, Reason.INVALID, "no channel");

            assertThat(header(producer.history().getFirst(), "traceparent")).isEqualTo(traceparent);
            assertThat(lines.list.getFirst().getMDCPropertyMap())
                    .containsEntry("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
        } finally {
            logger.detachAppender(lines);
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(int bytes) {
        return new ConsumerRecord<>(
                "topic",
                3,
                7,
                0,
                TimestampType.CREATE_TIME,
                1,
                bytes,
                new byte[] {1},
                new byte[bytes],
                new RecordHeaders(),
                Optional.empty());
    }

    private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}

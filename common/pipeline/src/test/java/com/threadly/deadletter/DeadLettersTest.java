package com.threadly.deadletter;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DeadLettersTest {

    private static final int LIMIT = 100;

    /** Rejects what the broker's topic would. */
    private static final class Limited extends MockProducer<byte[], byte[]> {
        private final int limit;

        Limited() {
            this(LIMIT);
        }

        Limited(int limit) {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
            this.limit = limit;
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            int size = (record.key() == null ? 0 : record.key().length)
                    + (record.value() == null ? 0 : record.value().length)
                    + DeadLetterHeaders.sourceBytes(record.headers());
            return size > limit
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
    void saysThatAKeyWasTooLargeToBeKept() throws Exception {
        var source = new ConsumerRecord<>(
                "topic",
                3,
                7,
                0,
                TimestampType.CREATE_TIME,
                20_000_000,
                1,
                new byte[0],
                new byte[1],
                new RecordHeaders(),
                Optional.empty());
        try (var producer = new Limited();
                var letters = new DeadLetters(producer, "worker", Clock.systemUTC(), new SimpleMeterRegistry())) {
            letters.send(source, Reason.INVALID, "key: too long");

            ProducerRecord<byte[], byte[]> letter = producer.history().getFirst();
            assertThat(letter.key()).isNull();
            assertThat(letter.value()).hasSize(1);
            assertThat(header(letter, DeadLetterHeaders.KEY_LEFT_OUT)).isEqualTo("20000000");
        }
    }

    @Test
    void leavesOutTheLargestPartFirstAndNoMoreThanItMust() throws Exception {
        assertThat(left(record(new byte[LIMIT], new byte[5], 0))).isEqualTo("key:100");
        assertThat(left(record(new byte[5], new byte[5], LIMIT))).isEqualTo("headers:103");
        assertThat(left(record(new byte[60], new byte[70], 0))).isEqualTo("value:70");
        assertThat(left(record(new byte[LIMIT], new byte[LIMIT + 1], 0))).isEqualTo("value:101");
        assertThat(left(record(new byte[LIMIT + 1], new byte[LIMIT + 2], LIMIT)))
                .isEqualTo("value:102 headers:103 key:101");
        assertThat(left(record(new byte[LIMIT], null, 1))).isEqualTo("key:100");
    }

    /** The parts left out of the dead letter of {@code record}. */
    private static String left(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        var metrics = new SimpleMeterRegistry();
        try (var producer = new Limited();
                var letters = new DeadLetters(producer, "worker", Clock.systemUTC(), metrics)) {
            letters.send(record, Reason.UNDECODABLE, "no Avro");

            assertThat(producer.history()).hasSize(1);
            assertThat(metrics.counter("threadly.dead.letters", "topic", "topic", "reason", "UNDECODABLE")
                            .count())
                    .isEqualTo(1);
            ProducerRecord<byte[], byte[]> deadLetter = producer.history().getFirst();
            assertThat(deadLetter.headers().lastHeader("h") == null)
                    .isEqualTo(record.headers().lastHeader("h") == null
                            || deadLetter.headers().lastHeader(DeadLetterHeaders.HEADERS_LEFT_OUT) != null);
            return Stream.of("value", "headers", "key")
                    .filter(part -> deadLetter.headers().lastHeader("dlq.%s-left-out".formatted(part)) != null)
                    .map(part -> part + ":" + header(deadLetter, "dlq.%s-left-out".formatted(part)))
                    .collect(joining(" "));
        }
    }

    @Test
    void countsALetterOnlyWhenItIsWritten() {
        var metrics = new SimpleMeterRegistry();
        // The smallest dead letter has a size, too.
        try (var refusing = new Limited(-1);
                var letters = new DeadLetters(refusing, "worker", Clock.systemUTC(), metrics)) {
            assertThatThrownBy(() -> letters.send(record(1), Reason.INVALID, "no channel"))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("topic.worker.dlq");
            assertThat(metrics.getMeters()).isEmpty();
        }
    }

    @Test
    void aLongCauseMakesNoLetterTooLarge() throws Exception {
        try (var producer = new Limited();
                var letters = new DeadLetters(producer, "worker", Clock.systemUTC(), new SimpleMeterRegistry())) {
            letters.send(record(1), Reason.INVALID, "x".repeat(1 << 20));

            assertThat(header(producer.history().getFirst(), DeadLetterHeaders.MESSAGE))
                    .hasSize(2_000);
        }
    }

    @Test
    void theTraceOfARecordGoesWithItsDeadLetterAndIntoTheLog() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(DeadLetterReporter.class);
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
        return record(new byte[0], new byte[bytes], 0);
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] key, byte @Nullable [] value, int headerBytes) {
        var headers = new RecordHeaders();
        if (headerBytes > 0) {
            headers.add("h", new byte[headerBytes]);
        }
        return new ConsumerRecord<>(
                "topic",
                3,
                7,
                0,
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                key,
                value,
                headers,
                Optional.empty());
    }

    private static String header(ProducerRecord<byte[], byte[]> deadLetter, String name) {
        return new String(deadLetter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}

package com.threadly.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.events.InvalidFieldException;
import com.threadly.events.MessageSent;
import com.threadly.events.Topics;
import com.threadly.events.TypingChanged;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.AvroEncoder;
import com.threadly.serde.SchemaRegistryClient;
import com.threadly.serde.SerdeConfig;
import com.threadly.serde.UndecodableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final long NO_TIMESTAMP = -1;

    private final SchemaRegistryClient registry =
            SerdeConfig.of(Map.of("schema.registry.url", "mock://types")).connect();
    private final AvroEncoder encoder = new AvroEncoder(registry);
    private final EventDecoder decoder = new EventDecoder(
            new AvroDecoder(registry), List.of(Topics.TYPING_EVENTS), Clock.fixed(NOON, ZoneOffset.UTC));

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void aTopicHoldsEventsOfItsOwnTypeOnly() {
        var message = new MessageSent(UUID.randomUUID(), NOON, "m1", "c1", "ana", List.of("ben"), null, "hi", null);

        assertThatThrownBy(() -> decoder.decode(record(message, NOON.toEpochMilli())))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining(
                        "holds com.threadly.events.MessageSent where com.threadly.events.TypingChanged belongs");
    }

    @Test
    void anEventIsNotAheadOfItsRecordAndSaysWhatItStated() {
        Instant ahead = NOON.plus(Duration.ofMinutes(59));

        EventDecoder.Decoded decoded = decoder.decode(record(typing(ahead), NOON.toEpochMilli()));

        assertThat(decoded.event())
                .isInstanceOfSatisfying(
                        TypingChanged.class,
                        typing -> assertThat(typing.getOccurredAt()).isEqualTo(NOON.plusSeconds(5)));
        assertThat(decoded.statedAt()).isEqualTo(ahead);
    }

    @ParameterizedTest
    @ValueSource(longs = {NO_TIMESTAMP, 0, 1_769_860_800_000L})
    void aTimeThatCannotBeIsInvalid(long timestamp) {
        assertThatThrownBy(() -> decoder.decode(record(typing(NOON.plus(Duration.ofHours(2))), timestamp)))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("occurredAt is more than an hour");
    }

    private static TypingChanged typing(Instant at) {
        return new TypingChanged(UUID.randomUUID(), at, "c1", "ana", true);
    }

    private ConsumerRecord<byte[], byte[]> record(SpecificRecord event, long timestamp) {
        String topic = Topics.TYPING_EVENTS.name();
        byte[] value = encoder.encode(topic + "-value", event);
        return new ConsumerRecord<>(
                topic,
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                1,
                value.length,
                new byte[] {1},
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}

package com.threadly.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.events.Topics;
import com.threadly.events.TypingChanged;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {

    private static final String TOPIC = Topics.TYPING_EVENTS.name();
    private static final Map<String, Object> SETTINGS = Map.of(
            SerdeConfig.URL,
            "mock://serde",
            SerdeConfig.SPECIFIC_READER,
            "true",
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            "not for the serde");

    private final TypingChanged event = TypingChanged.newBuilder()
            .setEventId(UUID.fromString("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4000"))
            .setOccurredAt(Instant.ofEpochMilli(1767225600000L))
            .setConversationId("c")
            .setUserId("u")
            .setTyping(true)
            .build();

    @AfterEach
    void dropScope() {
        MockRegistry.drop("serde");
    }

    @Test
    void isMadeByNameAndReadsWhatItWrote() throws ClassNotFoundException {
        try (Serde<?> made = Utils.newInstance("com.threadly.serde.AvroSerde", AvroSerde.class);
                Serde<TypingChanged> serde = new AvroSerde<>()) {
            made.configure(SETTINGS, false);
            serde.configure(SETTINGS, false);
            byte[] record = serde.serializer().serialize(TOPIC, event);

            assertThat(made.deserializer().deserialize(TOPIC, record)).isEqualTo(event);
        }
    }

    @Test
    void writesTheFrameByteForByte() {
        OneSchema registry = new OneSchema(0x01020304, TypingChanged.class);

        try (Serializer<TypingChanged> serializer = new AvroSerializer<>(registry)) {
            assertThat(serializer.serialize(TOPIC, event))
                    .asHexString()
                    .isEqualToIgnoringCase("0001020304"
                            + "4830313930613162322d633364342d376535662d386139622d306331643265336634303030"
                            + "80a0d5edee66"
                            + "0263"
                            + "0275"
                            + "01");
        }
    }

    @Test
    void nullInIsNullOut() {
        try (Serde<TypingChanged> serde = new AvroSerde<>()) {
            serde.configure(SETTINGS, false);

            assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
            assertThat(serde.deserializer().deserialize(TOPIC, null)).isNull();
        }
    }

    @Test
    void keysHaveASubjectOfTheirOwn() {
        Map<String, Object> lookUpOnly = Map.of(SerdeConfig.URL, "mock://serde", SerdeConfig.AUTO_REGISTER, false);
        try (Serde<TypingChanged> keys = new AvroSerde<>();
                Serde<TypingChanged> values = new AvroSerde<>()) {
            keys.configure(SETTINGS, true);
            keys.serializer().serialize(TOPIC, event);
            values.configure(lookUpOnly, false);

            assertThatThrownBy(() -> values.serializer().serialize(TOPIC, event))
                    .isInstanceOf(SchemaRejectedException.class)
                    .hasMessageContaining("typing-events-value")
                    .hasMessageContaining(SerdeConfig.AUTO_REGISTER);
        }
    }

    @Test
    void looksUpWhatIsRegisteredAlready() {
        Map<String, Object> lookUpOnly = Map.of(SerdeConfig.URL, "mock://serde", SerdeConfig.AUTO_REGISTER, "false");
        try (Serde<TypingChanged> first = new AvroSerde<>();
                Serde<TypingChanged> second = new AvroSerde<>()) {
            first.configure(SETTINGS, false);
            second.configure(lookUpOnly, false);
            byte[] record = first.serializer().serialize(TOPIC, event);

            assertThat(second.serializer().serialize(TOPIC, event)).isEqualTo(record);
        }
    }

    @Test
    void aDroppedScopeStartsEmpty() {
        try (Serde<TypingChanged> before = new AvroSerde<>();
                Serde<TypingChanged> after = new AvroSerde<>()) {
            before.configure(SETTINGS, false);
            byte[] record = before.serializer().serialize(TOPIC, event);
            MockRegistry.drop("serde");
            after.configure(SETTINGS, false);

            assertThatThrownBy(() -> after.deserializer().deserialize(TOPIC, record))
                    .isInstanceOf(UndecodableException.class);
        }
    }

    @Test
    void anEventWithoutANeededFieldIsNotWritten() {
        try (Serde<TypingChanged> serde = new AvroSerde<>()) {
            serde.configure(SETTINGS, false);

            assertThatThrownBy(() -> serde.serializer().serialize(TOPIC, new TypingChanged()))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("TypingChanged")
                    .hasMessageContaining("eventId");
        }
    }
}

package com.threadly.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicsTest {

    @ParameterizedTest
    @MethodSource("com.threadly.events.Topics#all")
    void everyEventHasAnIdATimeAndAWordOnEachField(Topic<?> topic) {
        Schema schema = SpecificData.get().getSchema(topic.valueType());

        assertThat(schema.getDoc()).contains(topic.name()).contains(topic.keyField());
        assertThat(schema.getField("eventId").schema().getLogicalType().getName())
                .isEqualTo("uuid");
        assertThat(schema.getField("occurredAt").schema().getLogicalType().getName())
                .isEqualTo("timestamp-millis");
        assertThat(schema.getFields()).allSatisfy(field -> {
            assertThat(field.doc()).as(field.name()).isNotBlank();
            if (field.schema().getType() == Schema.Type.ENUM) {
                assertThat(field.schema().getEnumDefault()).as(field.name()).isEqualTo("UNKNOWN");
            }
        });
    }

    @Test
    void takesTheKeyFromTheEvent() {
        var typing = new TypingChanged(UUID.randomUUID(), Instant.EPOCH, "c1", "u1", true);

        assertThat(Topics.TYPING_EVENTS.keyOf(typing)).isEqualTo("c1");
    }

    @Test
    void namesADeadLetterTopicPerWorker() {
        assertThat(Topics.ORDER_EVENTS.deadLetters("notification-worker"))
                .isEqualTo("order-events.notification-worker.dlq");
    }
}

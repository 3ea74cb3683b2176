package com.threadly.gateway.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.events.Topics;
import com.threadly.events.TypingChanged;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaSinkTest {

    @Test
    void connectsAsSoonAsTheNamesOfTheBrokersResolve() throws Exception {
        var resolves = new AtomicBoolean();
        var producer =
                new MockProducer<String, SpecificRecord>(true, null, new StringSerializer(), (_, _) -> new byte[0]);
        var event = new TypingChanged(UUID.randomUUID(), Instant.EPOCH, "c1", "ana", true);
        List<OutgoingEvent<?>> events = List.of(new OutgoingEvent<>(Topics.TYPING_EVENTS, event));
        try (var sink = new KafkaSink(
                () -> {
                    if (!resolves.get()) {
                        throw new KafkaException("Failed to construct", new KafkaException("no resolvable urls"));
                    }
                    return producer;
                },
                Clock.systemUTC())) {
            assertThatThrownBy(() -> sink.append(events))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("no resolvable urls");
            assertThat(sink.trouble()).isPresent();

            resolves.set(true);
            sink.append(events);

            assertThat(producer.history()).hasSize(1);
            assertThat(sink.trouble()).isEmpty();
        }
        assertThat(producer.closed()).isTrue();
    }
}

package com.threadly.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicCheckTest {

    @Test
    void waitsForAHostThatNoNameServerKnows() throws InterruptedException {
        try (var check =
                new TopicCheck(Map.of("bootstrap.servers", "nowhere.invalid:9092"), List.of("a-topic"), List.of())) {
            assertThat(check.ask())
                    .hasValue("cannot connect to Kafka; check KAFKA_BOOTSTRAP_SERVERS=nowhere.invalid:9092: "
                            + "No resolvable bootstrap urls given in bootstrap.servers");
        }
    }
}

package com.threadly.presence.streams;

import static com.threadly.events.PresenceChange.JOINED;
import static com.threadly.events.PresenceChange.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.deadletter.DeadLetters;
import com.threadly.serde.RegistryUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class StreamsDeadLettersTest extends DriverFixture {

    @Test
    void sendsUndecodableRecordsToTheDeadLetterTopicAndContinues() {
        driver.sendBytes(Driver.CHANNEL, "no avro".getBytes(StandardCharsets.UTF_8));
        driver.sendBytes(Driver.CHANNEL, new byte[] {0, 0, 0, 0, 99, 1});
        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.deadLetters()).containsExactly("UNDECODABLE", "UNDECODABLE");
        driver.expect("1/1");
    }

    @Test
    void sendsRecordsWithUnusableFieldsToTheDeadLetterTopic() {
        var now = driver.now();
        driver.send("presence-product-ä", Driver.event(now, "presence-product-ä", "ana", JOINED));
        driver.send(Driver.CHANNEL, Driver.event(now, "", "ana", JOINED));
        driver.send(Driver.CHANNEL, Driver.event(now, "presence-product-other", "ana", JOINED));
        driver.send(Driver.CHANNEL, Driver.event(now, Driver.CHANNEL, "", JOINED));
        driver.send(Driver.CHANNEL, Driver.event(now, Driver.CHANNEL, "no user", JOINED));
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.deadLetters()).containsExactly("INVALID", "INVALID", "INVALID", "INVALID", "INVALID");
        driver.expect();
        assertThat(driver.channelState()).isEmpty();
        assertThat(driver.userState()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void setsAsideTimesThatCannotBe() {
        driver.sendAt(Instant.EPOCH.minusMillis(1), "ana", JOINED);
        driver.sendAt(driver.now().plus(Duration.ofMinutes(61)), "bo", JOINED);
        driver.sendAt(Instant.ofEpochMilli(driver.now().toEpochMilli() * 1_000), "cid", JOINED);
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.deadLetters()).containsExactly("INVALID", "INVALID", "INVALID");
        driver.expect();
    }

    @Test
    void aRecordThatKillsAThreadTwiceIsADeadLetter() {
        var written = new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        var deadLetters = new StreamsDeadLetters(
                new DeadLetters(written, "presence-aggregator", Clock.systemUTC(), new SimpleMeterRegistry()));
        var first = new ConsumerRecord<>("presence-events", 3, 7, new byte[] {1}, new byte[] {2});
        var second = new ConsumerRecord<>("presence-events", 3, 8, new byte[] {1}, new byte[] {2});
        var bug = new IllegalStateException("a bug");

        assertThat(deadLetters.putAside(first, new KafkaException("an outage"))).isFalse();
        assertThat(deadLetters.putAside(first, bug)).isFalse();
        assertThat(deadLetters.putAside(second, bug)).isFalse();
        assertThat(deadLetters.putAside(second, new RegistryUnavailableException("an outage")))
                .isFalse();
        assertThat(written.history()).isEmpty();

        assertThat(deadLetters.putAside(second, bug)).isTrue();
        assertThat(written.history()).hasSize(1);
        assertThat(deadLetters.putAside(first, bug)).isFalse();
    }

    @Test
    void theTraceOfARecordGoesWithItsDeadLetter() {
        String traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        driver.trace(traceparent);

        driver.sendBytes(Driver.CHANNEL, "no avro".getBytes(StandardCharsets.UTF_8));
        driver.send("no user", JOINED);
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.deadLetters("traceparent")).containsExactly(traceparent, traceparent);
    }

    @Test
    void skipsWhatIsNotForUs() {
        var now = driver.now();
        driver.sendBytes(Driver.CHANNEL, null);
        driver.send("", Driver.event(now, Driver.CHANNEL, "ana", JOINED));
        driver.send(null, Driver.event(now, Driver.CHANNEL, "ana", JOINED));
        driver.send("ana", UNKNOWN);
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.deadLetters()).isEmpty();
        driver.expect();
        assertThat(driver.channelState()).isEmpty();
        assertThat(driver.userState()).hasSizeLessThanOrEqualTo(1);
    }
}

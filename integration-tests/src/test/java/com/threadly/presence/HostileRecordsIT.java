package com.threadly.presence;

import static com.threadly.events.PresenceChange.JOINED;
import static com.threadly.events.PresenceChange.LEFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.deadletter.DeadLetters;
import com.threadly.events.PresenceChanged;
import com.threadly.events.Topics;
import com.threadly.localstack.testing.Servers;
import com.threadly.presence.Aggregators.Aggregator;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Records that a broker accepts, but not what a naive program would derive from them. */
class HostileRecordsIT extends PresenceFixture {

    private static final String DEATHS = "threadly_presence_thread_deaths_total";

    /** As large as Kafka's default limit allows, so that nothing can be added. */
    private static final int LARGE = 1_048_400;

    private static final byte[] NO_AVRO = {7};

    @Test
    void putsAsideTimesThatCannotBeAndCountsAllOthers(Servers servers) throws Exception {
        String channel = "presence-product-" + servers.unique("p");
        String user = servers.unique("u");
        Instant now = Clock.systemUTC().instant();
        List<Instant> impossible = List.of(
                now.plus(Duration.ofHours(2)),
                now.plus(Duration.ofDays(1)),
                // Microseconds taken for milliseconds: the year 58882.
                Instant.ofEpochMilli(now.toEpochMilli() * 1_000),
                Instant.ofEpochMilli(Long.MAX_VALUE),
                Instant.EPOCH.minusMillis(1),
                Instant.ofEpochMilli(Long.MIN_VALUE));
        try (Aggregator aggregator = aggregators.start("times", "10m")) {
            for (int i = 0; i < impossible.size(); i++) {
                send(event(impossible.get(i), channel, user + "-impossible-" + i));
            }
            send(event(now.plus(Duration.ofMinutes(59)), channel, user + "-ahead"));
            send(event(Instant.EPOCH, channel, user + "-past"));
            // The broker accepts up to an hour ahead, and any past.
            sendStamped(
                    now.plus(Duration.ofMinutes(59)), event(now.plus(Duration.ofMinutes(59)), channel, user + "-both"));
            sendStamped(Instant.EPOCH, event(now, channel, user + "-old-record"));
            send(channel, user, JOINED);

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(counts(channel)).endsWith("4/4"));
            for (String early : List.of(user + "-ahead", user + "-both")) {
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(statuses(early)).containsExactly("ONLINE"));
            }
            assertThat(statuses(user + "-past")).isEmpty();
            // What was ahead counts as now, so any later event can end it.
            send(channel, user + "-ahead", LEFT);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(counts(channel)).endsWith("4/3"));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(deadLetters(channel))
                            .hasSameSizeAs(impossible)
                            .containsOnly("INVALID"));
            assertThat(aggregator.metric(DEATHS)).isZero();
        }
    }

    @Test
    void putsAsideWhatIsTooLargeAsOneLetterEachAndGoesOn(Servers servers) throws Exception {
        String channel = "presence-product-" + servers.unique("p");
        String user = servers.unique("u");
        try (Aggregator aggregator = aggregators.start("sizes", "10m")) {
            Source largeValue = publish(channel, new byte[LARGE], 0);
            ConsumerRecord<String, byte[]> whole = awaitLetter(largeValue);
            assertThat(whole.value()).hasSize(LARGE);
            assertThat(header(whole, "dlq.reason")).isEqualTo("UNDECODABLE");

            // With Kafka's default, as other tools may have created the topic.
            limit(servers, DEAD_LETTERS, 1_048_588);
            Source again = publish(channel, new byte[LARGE], 0);
            Source largeHeader = publish(channel, NO_AVRO, LARGE);
            Source largeKey = publish("k".repeat(LARGE), NO_AVRO, 0);
            // A valid event, which is forwarded under a longer key.
            sendWithLargestHeader(event(Clock.systemUTC().instant(), channel, user + "-" + "x".repeat(120)));
            send(channel, user, JOINED);

            ConsumerRecord<String, byte[]> withoutValue = awaitLetter(again);
            assertThat(withoutValue.key()).isEqualTo(channel);
            assertThat(withoutValue.value()).isNull();
            assertThat(header(withoutValue, "dlq.value-left-out")).isEqualTo(Integer.toString(LARGE));
            ConsumerRecord<String, byte[]> withoutHeaders = awaitLetter(largeHeader);
            assertThat(withoutHeaders.value()).isEqualTo(NO_AVRO);
            assertThat(withoutHeaders.headers().lastHeader("large")).isNull();
            assertThat(header(withoutHeaders, "dlq.headers-left-out")).isNotEmpty();
            ConsumerRecord<String, byte[]> withoutKey = awaitLetter(largeKey);
            assertThat(withoutKey.key()).isNull();
            assertThat(withoutKey.value()).isEqualTo(NO_AVRO);
            assertThat(header(withoutKey, "dlq.key-left-out")).isEqualTo(Integer.toString(LARGE));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(counts(channel)).endsWith("2/2"));
            await().atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThat(statuses(user + "-" + "x".repeat(120))).containsExactly("ONLINE"));
            assertThat(aggregator.metric(DEATHS)).isZero();
            assertThat(aggregator.metric("threadly_dead_letters_total")).isEqualTo(4);
        } finally {
            limit(servers, DEAD_LETTERS, DeadLetters.MAX_REQUEST_BYTES);
        }
    }

    @Test
    void isNotReadyWhileItsThreadsDieAndSaysOfWhat(Servers servers) throws Exception {
        String channel = "presence-product-" + servers.unique("p");
        try (Aggregator aggregator = aggregators.start("dying", "10m")) {
            limit(servers, Topics.PRESENCE_COUNTS.name(), 100);
            send(channel, "ana", JOINED);
            await().atMost(LIMIT).until(() -> aggregator.metric(DEATHS) > 0);

            // Between one death and the next, everything is running.
            var answers = new ArrayList<HttpResponse<String>>();
            await().atMost(LIMIT).until(() -> {
                answers.add(aggregator.ask("/health/ready"));
                return aggregator.metric(DEATHS) > 3;
            });
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body()).contains("counting", "RecordTooLargeException");
            });
            assertThat(aggregator.ask("/health/live").statusCode()).isEqualTo(200);
        } finally {
            limit(servers, Topics.PRESENCE_COUNTS.name(), 1_048_588);
        }
    }

    private ConsumerRecord<String, byte[]> awaitLetter(Source source) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(lettersOf(source)).hasSize(1));
        return lettersOf(source).getFirst();
    }

    private static PresenceChanged event(Instant at, String channel, String user) {
        return new PresenceChanged(UUID.randomUUID(), at, channel, user, JOINED);
    }
}

package com.threadly.presence;

import static com.threadly.events.PresenceChange.AWAY;
import static com.threadly.events.PresenceChange.JOINED;
import static com.threadly.events.PresenceChange.LEFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.common.serde.AvroDeserializer;
import com.threadly.common.serde.AvroSerializer;
import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceChanged;
import com.threadly.events.PresenceCount;
import com.threadly.events.Topics;
import com.threadly.events.UserPresence;
import com.threadly.presence.Aggregators.Aggregator;
import com.threadly.stack.bootstrap.TopicCreator;
import com.threadly.stack.testing.Servers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Servers.Extension.class)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test.
class PresenceIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Of ana and bo joining, then ana leaving, cem and dee joining, in that order. */
    private static final Set<String> COUNTS_ON_THE_WAY = Set.of("1/1", "2/2", "2/1", "3/2", "4/3");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WORKER = "presence-aggregator";
    private static final String DEAD_LETTERS = Topics.PRESENCE_EVENTS.deadLetters(WORKER);

    @TempDir
    Path folder;

    private PushRecorder pusher;
    private Aggregators aggregators;
    private KafkaProducer<String, byte[]> producer;
    private KafkaConsumer<String, byte[]> consumer;
    private AvroSerializer<PresenceChanged> serializer;
    private AvroDeserializer<PresenceCount> deserializer;
    private AvroDeserializer<UserPresence> statusDeserializer;
    private final List<ConsumerRecord<String, byte[]>> consumed = new ArrayList<>();

    @BeforeEach
    void open(Servers servers) throws Exception {
        new TopicCreator(servers.kafka())
                .create(List.of(
                        new TopicCreator.Reader(Topics.PRESENCE_EVENTS, WORKER),
                        new TopicCreator.Reader(Topics.PRESENCE_COUNTS, WORKER),
                        new TopicCreator.Reader(Topics.USER_PRESENCE, WORKER)));
        var registry = Map.of("schema.registry.url", servers.registry().toString());
        serializer = new AvroSerializer<>();
        serializer.configure(registry, false);
        deserializer = new AvroDeserializer<>();
        deserializer.configure(registry, false);
        statusDeserializer = new AvroDeserializer<>();
        statusDeserializer.configure(registry, false);
        pusher = new PushRecorder();
        aggregators = new Aggregators(servers, pusher.host(), folder);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers.kafka()), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers.kafka(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = Stream.of(Topics.PRESENCE_COUNTS.name(), Topics.USER_PRESENCE.name(), DEAD_LETTERS)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    @AfterEach
    void close() {
        consumer.close();
        producer.close();
        deserializer.close();
        statusDeserializer.close();
        serializer.close();
        pusher.close();
    }

    @Test
    void countsViewersAndTellsTheirChannel(Servers servers) {
        String channel = "presence-product-" + servers.unique("p");
        try (Aggregator aggregator = aggregators.start("one", "10s")) {
            send(channel, "ana", JOINED);
            send(channel, "no avro".getBytes(StandardCharsets.UTF_8));
            send(channel, "", JOINED);
            send(channel, "bo", JOINED);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(counts(channel)).endsWith("2/2"));
            send(channel, "ana", LEFT);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(counts(channel)).contains("2/1"));
            send(channel, "bo", LEFT);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(counts(channel)).endsWith("0/0", "over"));

            await().atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThat(pusher.counts(channel)).contains(2L, 1L).endsWith(0L));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(deadLetters(channel)).containsExactly("UNDECODABLE", "INVALID"));
            aggregator.process().stop(LIMIT);
            assertThat(aggregator.process().exitCode()).hasValue(0);
        }
    }

    @Test
    void countsOnAfterACrash(Servers servers) {
        String channel = "presence-product-" + servers.unique("p");
        try (Aggregator doomed = aggregators.start("doomed", "30s")) {
            send(channel, "ana", JOINED);
            send(channel, "bo", JOINED);
            await().atMost(LIMIT).until(() -> counts(channel).contains("2/2"));
            doomed.process().kill();
            send(channel, "ana", LEFT);
            send(channel, "cem", JOINED);
            send(channel, "dee", JOINED);
        }
        // Another folder, hence no local state: all of it comes back from the changelog.
        try (var _ = aggregators.start("successor", "30s")) {
            await().atMost(LIMIT).until(() -> counts(channel).stream().anyMatch(count -> count.endsWith("/3")));
            await().atMost(LIMIT).until(() -> pusher.counts(channel).contains(3L));
        }
    }

    @Test
    void tellsWhoIsOnlineAwayAndOffline(Servers servers) {
        String channel = "presence-product-" + servers.unique("p");
        String user = servers.unique("ana");
        var quick =
                Map.of("PRESENCE_WINDOW", "10s", "OFFLINE_AFTER", "1s", "FORGET_AFTER", "2s", "PRESENCE_TIMEOUT", "8s");
        try (var _ = aggregators.start("statuses", quick)) {
            send(channel, user, JOINED);
            await().atMost(LIMIT).until(() -> statuses(user).equals(List.of("ONLINE")));
            send(channel, user, AWAY);
            await().atMost(LIMIT).until(() -> statuses(user).equals(List.of("ONLINE", "AWAY")));
            send(channel, user, LEFT);

            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(statuses(user)).containsExactly("ONLINE", "AWAY", "OFFLINE", "forgotten"));
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(pusher.statuses(user)).containsExactly("online", "away", "offline"));
        }
    }

    @Test
    void severalAnswerAsOneAndGoOnWhenOneIsKilled(Servers servers) throws Exception {
        List<String> channels = IntStream.range(0, 24)
                .mapToObj(_ -> "presence-product-" + servers.unique("p"))
                .toList();
        try (Aggregator survivor = aggregators.start("survivor", "10m");
                Aggregator doomed = aggregators.start("doomed-one", "10m")) {
            for (String channel : channels) {
                send(channel, "ana", JOINED);
                send(channel, "bo", JOINED);
            }
            for (String channel : channels) {
                expectOf(channel, 2, List.of("ana", "bo"), List.of(survivor, doomed));
            }
            doomed.process().kill();
            for (String channel : channels) {
                send(channel, "ana", LEFT);
                send(channel, "cem", JOINED);
                send(channel, "dee", JOINED);
            }

            for (String channel : channels) {
                expectOf(channel, 3, List.of("bo", "cem", "dee"), List.of(survivor));
                // Read committed: what the dead process had not committed was never there, and nothing is there twice.
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(counts(channel)).endsWith("4/3"));
                assertThat(ids(channel)).doesNotHaveDuplicates();
                assertThat(counts(channel)).allMatch(count -> COUNTS_ON_THE_WAY.contains(count));
            }
        }
    }

    private static void expectOf(String channel, int count, List<String> members, List<Aggregator> all) {
        for (Aggregator one : all) {
            await().atMost(LIMIT).ignoreExceptions().untilAsserted(() -> {
                var answer = one.ask("/presence/channels/" + channel);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                JsonNode body = JSON.readTree(answer.body());
                assertThat(body.get("count").asInt()).isEqualTo(count);
                assertThat(body.get("members")).map(JsonNode::asText).containsExactlyElementsOf(members);
            });
        }
    }

    @Test
    void answersWhoIsWhereInWordsOfHttp(Servers servers) throws Exception {
        String channel = "presence-product-" + servers.unique("p");
        String user = servers.unique("ana");
        try (Aggregator one = aggregators.start("asked", "10s")) {
            send(channel, user, JOINED);
            send(channel, "bo", JOINED);
            await().atMost(LIMIT).until(() -> one.ask("/presence/users/" + user).statusCode() == 200);
            await().atMost(LIMIT)
                    .until(() -> JSON.readTree(one.ask("/presence/channels/" + channel)
                                            .body())
                                    .get("distinctUsers")
                                    .asInt()
                            == 2);

            JsonNode limited = JSON.readTree(
                    one.ask("/presence/channels/" + channel + "?limit=1").body());
            assertThat(limited.get("members")).hasSize(1);
            assertThat(limited.get("truncated").asBoolean()).isTrue();
            assertThat(JSON.readTree(one.ask("/presence/users/" + user).body())
                            .get("status")
                            .asText())
                    .isEqualTo("online");
            assertThat(one.ask("/presence/channels/presence-product-nobody").statusCode())
                    .isEqualTo(200);
            assertThat(one.ask("/presence/channels/private-order-1").statusCode())
                    .isEqualTo(404);
            assertThat(one.ask("/presence/users/nobody").statusCode()).isEqualTo(404);
            assertThat(one.ask("/presence/channels/%20").statusCode()).isEqualTo(400);
            assertThat(one.ask("/presence/channels/" + channel + "?limit=many").statusCode())
                    .isEqualTo(400);
            assertThat(one.ask("/presence/users/nobody").headers().firstValue("Content-Type"))
                    .hasValue("application/problem+json");
        }
    }

    private void send(String channel, String user, PresenceChange change) {
        send(
                channel,
                serializer.serialize(
                        Topics.PRESENCE_EVENTS.name(),
                        PresenceChanged.newBuilder()
                                .setEventId(UUID.randomUUID())
                                .setOccurredAt(Clock.systemUTC().instant())
                                .setChannel(channel)
                                .setUserId(user)
                                .setChange(change)
                                .build()));
    }

    private void send(String channel, byte @Nullable [] value) {
        var _ = producer.send(new ProducerRecord<>(Topics.PRESENCE_EVENTS.name(), channel, value));
        producer.flush();
    }

    /** The channel's counts so far, as "distinct/present". */
    private List<String> counts(String channel) {
        return of(Topics.PRESENCE_COUNTS.name(), channel).stream()
                .map(record -> deserializer.deserialize(record.topic(), record.value()))
                .map(count -> count == null ? "over" : count.getDistinctUsers() + "/" + count.getPresent())
                .toList();
    }

    private List<UUID> ids(String channel) {
        return of(Topics.PRESENCE_COUNTS.name(), channel).stream()
                .map(record -> deserializer.deserialize(record.topic(), record.value()))
                .filter(Objects::nonNull)
                .map(PresenceCount::getEventId)
                .toList();
    }

    private List<String> statuses(String userId) {
        return of(Topics.USER_PRESENCE.name(), userId).stream()
                .map(record -> statusDeserializer.deserialize(record.topic(), record.value()))
                .map(presence ->
                        presence == null ? "forgotten" : presence.getStatus().toString())
                .toList();
    }

    private List<String> deadLetters(String channel) {
        return of(DEAD_LETTERS, channel).stream()
                .map(record ->
                        new String(record.headers().lastHeader("dlq.reason").value(), StandardCharsets.UTF_8))
                .toList();
    }

    private List<ConsumerRecord<String, byte[]>> of(String topic, String channel) {
        consumer.poll(Duration.ofMillis(200)).forEach(consumed::add);
        return consumed.stream()
                .filter(record -> record.topic().equals(topic) && channel.equals(record.key()))
                .toList();
    }
}

package com.threadly.pipeline;

import static com.threadly.events.Topics.ANNOUNCEMENT_EVENTS;
import static com.threadly.events.Topics.MESSAGE_EVENTS;
import static com.threadly.events.Topics.NOTIFICATION_READ_EVENTS;
import static com.threadly.events.Topics.ORDER_EVENTS;
import static com.threadly.events.Topics.PAYMENT_EVENTS;
import static com.threadly.events.Topics.PRESENCE_COUNTS;
import static com.threadly.events.Topics.TYPING_EVENTS;
import static com.threadly.events.Topics.USER_PRESENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.events.Topic;
import com.threadly.localstack.bootstrap.TopicCreator;
import com.threadly.localstack.testing.Servers;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is assigned which partitions, with consumers configured like the deployables' own. */
@ExtendWith(Servers.Extension.class)
class SharesIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int MEMBERS = 4;

    private final List<Consumer<byte[], byte[]>> members = new ArrayList<>();

    static Stream<Arguments> groups() {
        List<Topic<?>> fanout = List.of(MESSAGE_EVENTS, TYPING_EVENTS);
        List<Topic<?>> notification = List.of(
                ORDER_EVENTS,
                PAYMENT_EVENTS,
                MESSAGE_EVENTS,
                ANNOUNCEMENT_EVENTS,
                NOTIFICATION_READ_EVENTS,
                USER_PRESENCE);
        return Stream.of(
                Arguments.of("message-fanout-worker", fanout, "consumer"),
                Arguments.of("message-fanout-worker", fanout, "classic"),
                Arguments.of("notification-worker", notification, "consumer"),
                Arguments.of("notification-worker", notification, "classic"),
                Arguments.of("gateway", List.of(MESSAGE_EVENTS, ORDER_EVENTS), "consumer"),
                Arguments.of("presence-aggregator-push", List.of(PRESENCE_COUNTS, USER_PRESENCE), "consumer"));
    }

    @AfterEach
    void close() {
        members.forEach(Consumer::close);
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("groups")
    void everyTopicIsSharedOutEvenlyAmongOneToFourMembers(
            String deployable, List<Topic<?>> topics, String protocol, Servers servers) {
        new TopicCreator(servers.kafka()).createAll();
        String group = servers.unique(deployable);

        for (int count = 1; count <= MEMBERS; count++) {
            join(servers, group, protocol, topics);
            awaitEvenShares(topics);
        }
        members.removeFirst().close();
        awaitEvenShares(topics);
    }

    @Test
    void aMemberWithoutPartitionsKnowsWhetherThereAreNoneForIt(Servers servers) {
        new TopicCreator(servers.kafka()).createAll();
        String group = servers.unique("notification-worker");
        Pipelines pipelines = join(servers, group, "consumer", List.of(ANNOUNCEMENT_EVENTS));
        awaitEvenShares(List.of(ANNOUNCEMENT_EVENTS));
        join(servers, group, "consumer", List.of(ANNOUNCEMENT_EVENTS));
        var membership = new GroupMembership(pipelines.kafka().admin(), group, List.of(ANNOUNCEMENT_EVENTS.name()));
        assertThat(membership.trouble()).contains("has not joined its group yet");

        awaitPolling(() -> {
            // The broker decides which of the two has the partition, and may change that while they join.
            Consumer<byte[], byte[]> spare = members.stream()
                    .min(Comparator.comparingInt(member -> member.assignment().size()))
                    .orElseThrow();
            membership.update(spare.groupMetadata(), spare.assignment());
            assertThat(membership.trouble()).isEmpty();
            assertThat(membership.note()).contains("a spare: all 1 partitions are assigned to other members");
        });

        Consumer<byte[], byte[]> owner = members.stream()
                .max(Comparator.comparingInt(member -> member.assignment().size()))
                .orElseThrow();
        members.remove(owner);
        owner.close();
        awaitPolling(() -> {
            Consumer<byte[], byte[]> left = members.getFirst();
            membership.update(left.groupMetadata(), left.assignment());
            assertThat(left.assignment()).hasSize(1);
            assertThat(membership.trouble()).isEmpty();
            assertThat(membership.note()).isEmpty();
        });
    }

    private Pipelines join(Servers servers, String group, String protocol, List<Topic<?>> topics) {
        var settings = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                servers.kafka(),
                "SCHEMA_REGISTRY_URL",
                "http://not.asked",
                "KAFKA_GROUP_PROTOCOL",
                protocol));
        if (protocol.equals("classic")) {
            // With the other protocol, the broker decides.
            settings.put("KAFKA_HEARTBEAT_INTERVAL_MS", "250");
        }
        var pipelines = Pipelines.in(group, Settings.of(settings));
        var member = new KafkaConsumer<>(
                pipelines.consumerConfig(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        members.add(member);
        member.subscribe(topics.stream().map(Topic::name).toList());
        return pipelines;
    }

    private void awaitEvenShares(List<Topic<?>> topics) {
        awaitPolling(() -> topics.forEach(topic -> {
            List<Integer> shares = members.stream()
                    .map(member -> (int) member.assignment().stream()
                            .filter(partition -> partition.topic().equals(topic.name()))
                            .count())
                    .toList();
            assertThat(shares.stream().mapToInt(Integer::intValue).sum())
                    .as("%s: %s", topic.name(), shares)
                    .isEqualTo(topic.partitions());
            assertThat(Collections.max(shares) - Collections.min(shares))
                    .as("%s: %s", topic.name(), shares)
                    .isLessThanOrEqualTo(1);
        }));
    }

    private void awaitPolling(Runnable assertions) {
        await().atMost(LIMIT).pollInSameThread().untilAsserted(() -> {
            members.forEach(member -> member.poll(POLL));
            assertions.run();
        });
    }
}

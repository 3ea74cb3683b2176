package com.threadly.presence;

import static com.threadly.events.PresenceChange.JOINED;
import static com.threadly.events.PresenceChange.LEFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.localstack.testing.Servers;
import com.threadly.presence.Aggregators.Aggregator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.Test;

/** Several processes of one group. */
class PresenceGroupIT extends PresenceFixture {

    /** The tasks of two sub-topologies with 12 partitions each. */
    private static final int TASKS = 24;

    @Test
    void goesOnFromAStandbysCopy(Servers servers) throws Exception {
        List<String> channels = IntStream.range(0, 12)
                .mapToObj(_ -> "presence-product-" + servers.unique("p"))
                .toList();
        var settings = Map.of("PRESENCE_WINDOW", "10m", "PRESENCE_STANDBYS", "1");
        try (Aggregator survivor = aggregators.start("standby", settings);
                Aggregator doomed = aggregators.start("doomed-active", settings)) {
            for (String channel : channels) {
                send(channel, "ana", JOINED);
                send(channel, "bo", JOINED);
            }
            for (String channel : channels) {
                expectOf(channel, 2, List.of("ana", "bo"), List.of(survivor, doomed));
            }
            await().atMost(LIMIT).until(() -> tasksWithState("standby") == TASKS);
            doomed.process().kill();
            for (String channel : channels) {
                send(channel, "ana", LEFT);
            }

            for (String channel : channels) {
                expectOf(channel, 1, List.of("bo"), List.of(survivor));
            }
            for (String channel : channels) {
                assertThat(ids(channel)).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void staysAMemberWhileItRestarts(Servers servers) throws Exception {
        String channel = "presence-product-" + servers.unique("p");
        var settings = Map.of(
                "PRESENCE_WINDOW", "10m", "KAFKA_GROUP_INSTANCE_ID", "presence-0", "KAFKA_SESSION_TIMEOUT_MS", "45000");
        try (Aggregator before = aggregators.start("static", settings)) {
            send(channel, "ana", JOINED);
            expectOf(channel, 1, List.of("ana"), List.of(before));
            before.process().stop(LIMIT);
        }
        assertThat(instances(servers)).singleElement().asString().startsWith("presence-0");
        send(channel, "bo", JOINED);

        try (Aggregator after = aggregators.start("static", settings)) {
            expectOf(channel, 2, List.of("ana", "bo"), List.of(after));
            assertThat(instances(servers)).singleElement().asString().startsWith("presence-0");
            assertThat(ids(channel)).doesNotHaveDuplicates();
        } finally {
            forgetMembers(servers);
        }
    }

    @Test
    void aStaticMemberWaitsUntilItsPlaceIsFreeAndEndsWhenAnotherTakesIt(Servers servers) throws Exception {
        String channel = "presence-product-" + servers.unique("p");
        String id = servers.unique("presence");
        var settings = Map.of(
                "PRESENCE_WINDOW", "10m",
                "KAFKA_GROUP_INSTANCE_ID", id,
                "KAFKA_GROUP_PROTOCOL", "consumer",
                "KAFKA_SESSION_TIMEOUT_MS", "",
                "KAFKA_HEARTBEAT_INTERVAL_MS", "");
        try (Aggregator killed = aggregators.start("static-killed", settings)) {
            send(channel, "ana", JOINED);
            expectOf(channel, 1, List.of("ana"), List.of(killed));
            killed.process().kill();
        }

        try (Aggregator next = aggregators.start("static-next", settings)) {
            send(channel, "bo", JOINED);
            expectOf(channel, 2, List.of("ana", "bo"), List.of(next));
            assertThat(folder.resolve("static-next.log"))
                    .content()
                    .contains("another member has KAFKA_GROUP_INSTANCE_ID")
                    .doesNotContain("\tat ");

            try (Aggregator rival = aggregators.start("static-rival", settings)) {
                await().atMost(LIMIT).until(() -> !next.process().isAlive());
                assertThat(next.process().exitCode()).hasValue(1);
                assertThat(folder.resolve("static-next.log"))
                        .content()
                        .contains("another process has taken over KAFKA_GROUP_INSTANCE_ID");
                expectOf(channel, 2, List.of("ana", "bo"), List.of(rival));
            }
        } finally {
            forgetMembers(servers);
        }
    }

    private long tasksWithState(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(name), 3)) {
            return files.filter(file -> file.getFileName().toString().equals("rocksdb"))
                    .count();
        }
    }

    private static List<String> instances(Servers servers) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers.kafka()))) {
            return admin.describeConsumerGroups(List.of(WORKER)).all().get().values().stream()
                    .flatMap(group -> group.members().stream())
                    .map(MemberDescription::groupInstanceId)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }
}

package com.threadly.presence;

import static com.threadly.events.PresenceChange.AWAY;
import static com.threadly.events.PresenceChange.JOINED;
import static com.threadly.events.PresenceChange.LEFT;
import static com.threadly.events.PresenceChange.SEEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.threadly.events.PresenceChanged;
import com.threadly.localstack.testing.Servers;
import com.threadly.presence.Aggregators.Aggregator;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PresenceIT extends PresenceFixture {

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

            for (String pushed : List.of(channel, channel.replace("presence-", "private-cache-viewers-"))) {
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(pusher.counts(pushed)).endsWith(2L, 1L));
            }
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(deadLetters(channel)).containsExactly("UNDECODABLE", "INVALID"));
            aggregator.process().stop(LIMIT);
            assertThat(aggregator.process().exitCode()).hasValue(0);
        }
    }

    @Test
    void pushesNoZeroAndKeepsNothingOfAChannelThatAllHaveLeft(Servers servers) {
        String channel = "presence-product-" + servers.unique("p");
        String user = servers.unique("bo");
        var changelogs = new Changelogs(servers.kafka());
        var quick =
                Map.of("PRESENCE_WINDOW", "5s", "OFFLINE_AFTER", "1s", "FORGET_AFTER", "2s", "PRESENCE_TIMEOUT", "8s");
        try (var _ = aggregators.start("left", quick)) {
            send(channel, user, JOINED);
            await().atMost(LIMIT).until(() -> counts(channel).contains("1/1"));
            await().atMost(LIMIT).until(() -> changelogs.mention(channel) && changelogs.mention(user));
            Instant left = Clock.systemUTC().instant();
            send(new PresenceChanged(UUID.randomUUID(), left, channel, user, LEFT));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(counts(channel)).endsWith("0/0", "over"));
            assertThat(counts(channel)).contains("1/0");
            await().atMost(LIMIT).until(() -> !changelogs.mention(channel) && !changelogs.mention(user));

            // Follows everything that must be published before, a second zero included.
            send(channel, "cem", JOINED);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(counts(channel)).containsSequence("0/0", "over", "1/1"));
            // Nobody has said that anyone listens to an empty channel.
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(pusher.counts(channel)).containsExactly(1L, 1L));
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
        // Another folder, hence no local state: everything is restored from the changelog.
        try (var _ = aggregators.start("successor", "30s")) {
            await().atMost(LIMIT).until(() -> counts(channel).stream().anyMatch(count -> count.endsWith("/3")));
            await().atMost(LIMIT).until(() -> pusher.counts(channel).contains(3L));
        }
    }

    @Test
    void whoAppearsOfflineIsPushedAsOfflineUntilTheirSettingsAreRemoved(Servers servers) {
        String channel = "presence-product-" + servers.unique("p");
        String user = servers.unique("ghost");
        try (Aggregator aggregator = aggregators.start("hidden", Map.of("AWAY_AFTER", "2s"))) {
            send(channel, user, JOINED);
            awaitPushed(user, "online", "away");

            sendAppearingOffline(user, true);
            awaitPushed(user, "online", "away", "offline");
            sendAppearingOffline(user, false);
            awaitPushed(user, "online", "away", "offline", "away");

            sendAppearingOffline(user, true);
            awaitPushed(user, "online", "away", "offline", "away", "offline");
            send(channel, user, SEEN);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(
                                    aggregator.ask("/metrics").body().lines())
                            .anyMatch(line -> line.contains("skipped_appears_offline") && line.endsWith(" 2.0")));
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(statuses(user)).containsExactly("ONLINE", "AWAY", "ONLINE", "AWAY"));
            sendSettings(user, null);
            awaitPushed(user, "online", "away", "offline", "away", "offline", "away");
        }
    }

    private void awaitPushed(String user, String... statuses) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(pusher.statuses(user)).containsExactly(statuses));
    }

    @Test
    void tellsWhoIsOnlineAwayAndOffline(Servers servers) {
        String channel = "presence-product-" + servers.unique("p");
        String user = servers.unique("ana");
        var quick = Map.of(
                "PRESENCE_WINDOW", "10s",
                "AWAY_AFTER", "2s",
                "OFFLINE_AFTER", "1s",
                "FORGET_AFTER", "2s",
                "PRESENCE_TIMEOUT", "8s");
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
    void nothingIsKeptOfWhoIsErased(Servers servers) {
        String channel = "presence-product-" + servers.unique("p");
        String user = servers.unique("ana");
        String other = servers.unique("bo");
        var quick = Map.of("AWAY_AFTER", "2m", "OFFLINE_AFTER", "1s", "PRESENCE_TIMEOUT", "60s");
        try (var aggregator = aggregators.start("erasures", quick)) {
            send(channel, user, JOINED);
            await().atMost(LIMIT).until(() -> statuses(user).equals(List.of("ONLINE")));

            erase(user);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(statuses(user)).containsExactly("ONLINE", "OFFLINE", "forgotten"));
            aggregator.process().kill();
        }
        try (var _ = aggregators.start("after-erasures", quick)) {
            send(channel, user, SEEN);
            send(channel, other, SEEN);
            await().atMost(LIMIT).until(() -> statuses(other).equals(List.of("ONLINE")));
            assertThat(statuses(user)).containsExactly("ONLINE", "OFFLINE", "forgotten");
        }
    }

    @Test
    void severalAnswerAsOne(Servers servers) {
        List<String> channels = IntStream.range(0, 24)
                .mapToObj(_ -> "presence-product-" + servers.unique("p"))
                .toList();
        try (Aggregator one = aggregators.start("one-of-two", "10m");
                Aggregator other = aggregators.start("other-of-two", "10m")) {
            for (String channel : channels) {
                send(channel, "ana", JOINED);
                send(channel, "bo", JOINED);
            }

            for (String channel : channels) {
                expectOf(channel, 2, List.of("ana", "bo"), List.of(one, other));
            }
        }
    }

    @Test
    void tellsASlowPusherTheLatestOnly(Servers servers) {
        String channel = "presence-product-" + servers.unique("p");
        try (var _ = aggregators.start("patient", Map.of("PRESENCE_WINDOW", "10m", "PUSHER_TIMEOUT", "60s"))) {
            try (var _ = pusher.silence()) {
                send(channel, "u0", JOINED);
                await().atMost(LIMIT).until(() -> pusher.asked() > 0);
                for (int user = 1; user < 6; user++) {
                    send(channel, "u" + user, JOINED);
                    String count = String.format(Locale.ROOT, "%d/%d", user + 1, user + 1);
                    await().atMost(LIMIT)
                            .untilAsserted(() -> assertThat(counts(channel)).endsWith(count));
                }
            }

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(pusher.counts(channel)).endsWith(6L));
            // The one in flight, the latest when Pusher answered again, and one that arrived just then.
            assertThat(pusher.counts(channel)).hasSizeLessThanOrEqualTo(3);
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
}

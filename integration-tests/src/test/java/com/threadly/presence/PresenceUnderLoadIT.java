package com.threadly.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.events.PresenceCount;
import com.threadly.localstack.testing.Servers;
import com.threadly.presence.Aggregators.Aggregator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever happens to the processes while users come and go, each change is counted and published once. */
class PresenceUnderLoadIT extends PresenceFixture {

    private static final String COUNTS_TOLD = "threadly_presence_counts_total";

    /** With time spans longer than a test, the final result does not depend on the time of the query. */
    private static final Map<String, String> SETTINGS =
            Map.of("PRESENCE_WINDOW", "10m", "PRESENCE_TIMEOUT", "10m", "AWAY_AFTER", "10m", "OFFLINE_AFTER", "1s");

    @Test
    void countsAllOnceWhenOneIsKilled(Servers servers) throws Exception {
        try (Aggregator survivor = aggregators.start("survivor", SETTINGS);
                Aggregator doomed = aggregators.start("doomed", SETTINGS);
                Crowd crowd = new Crowd(servers.unique("crowd"), this::send)) {
            awaitCounts(crowd, Instant.EPOCH);
            await().atMost(LIMIT).until(() -> survivor.metric(COUNTS_TOLD) > 0 && doomed.metric(COUNTS_TOLD) > 0);

            doomed.process().kill();
            awaitCounts(crowd, Clock.systemUTC().instant());
            crowd.stop();

            verify(crowd, List.of(survivor));
        }
    }

    @Test
    void countsAllOnceWhenAThirdComesAndAnotherRestarts(Servers servers) throws Exception {
        try (Aggregator first = aggregators.start("first", member("presence-1"));
                Aggregator second = aggregators.start("second", member("presence-2"));
                Crowd crowd = new Crowd(servers.unique("crowd"), this::send)) {
            awaitCounts(crowd, Instant.EPOCH);
            try (Aggregator third = aggregators.start("third", member("presence-3"))) {
                // Only a process that has partitions and their state publishes counts.
                await().atMost(LIMIT).until(() -> third.metric(COUNTS_TOLD) > 0);

                second.process().stop(LIMIT);
                try (Aggregator secondAgain = aggregators.start("second", member("presence-2"))) {
                    await().atMost(LIMIT).until(() -> secondAgain.metric(COUNTS_TOLD) > 0);
                    awaitCounts(crowd, Clock.systemUTC().instant());
                    crowd.stop();

                    verify(crowd, List.of(first, secondAgain, third));
                }
            }
        } finally {
            forgetMembers(servers);
        }
    }

    private static Map<String, String> member(String instance) {
        var settings = new HashMap<>(SETTINGS);
        settings.put("KAFKA_GROUP_INSTANCE_ID", instance);
        // Even a slow restart takes less.
        settings.put("KAFKA_SESSION_TIMEOUT_MS", "45000");
        return settings;
    }

    /** Returns when each channel has been counted after {@code since}. */
    private void awaitCounts(Crowd crowd, Instant since) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(crowd.channels())
                        .allSatisfy(channel -> assertThat(published(channel))
                                .anyMatch(count -> count.getOccurredAt().isAfter(since))));
    }

    /** The last published values match a plain list of all events, and nothing was published twice. */
    private void verify(Crowd crowd, List<Aggregator> all) {
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(crowd.channels()).allSatisfy(channel -> {
                assertThat(counts(channel))
                        .endsWith(crowd.distinct(channel) + "/"
                                + crowd.present(channel).size());
                // Nobody has said that anyone listens to an empty channel.
                if (!crowd.present(channel).isEmpty()) {
                    assertThat(pusher.counts(channel))
                            .endsWith((long) crowd.present(channel).size());
                }
            });
            assertThat(crowd.users())
                    .allSatisfy(user -> assertThat(statuses(user)).endsWith(crowd.status(user)));
        });
        for (String channel : crowd.channels()) {
            List<String> present = crowd.present(channel);
            expectOf(channel, present.size(), present, all);
        }
        crowd.channels().forEach(channel -> expectEachOnce(published(channel)));
        assertThat(crowd.users()).allSatisfy(user -> {
            List<String> statuses = statuses(user);
            for (int next = 1; next < statuses.size(); next++) {
                assertThat(statuses.get(next)).as("after %s", statuses).isNotEqualTo(statuses.get(next - 1));
            }
        });
    }

    /** A count published again after a failover would equal the previous one; one from lost state would go back. */
    private static void expectEachOnce(List<PresenceCount> counts) {
        assertThat(counts).extracting(PresenceCount::getEventId).doesNotHaveDuplicates();
        List<PresenceCount> closed =
                counts.stream().filter(PresenceUnderLoadIT::isOfClosedWindow).toList();
        assertThat(closed).extracting(PresenceCount::getWindowEnd).isSorted().doesNotHaveDuplicates();
        List<PresenceCount> changes =
                counts.stream().filter(count -> !isOfClosedWindow(count)).toList();
        for (int next = 1; next < changes.size(); next++) {
            PresenceCount before = changes.get(next - 1);
            PresenceCount after = changes.get(next);
            assertThat(after.getPresent()).as("%s after %s", after, before).isNotEqualTo(before.getPresent());
            assertThat(after.getDistinctUsers()).isGreaterThanOrEqualTo(before.getDistinctUsers());
            assertThat(Duration.between(before.getOccurredAt(), after.getOccurredAt()))
                    .isGreaterThanOrEqualTo(Aggregators.PUSH_INTERVAL);
        }
    }

    private static boolean isOfClosedWindow(PresenceCount count) {
        return count.getOccurredAt().equals(count.getWindowEnd());
    }
}

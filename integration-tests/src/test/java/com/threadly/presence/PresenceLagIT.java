package com.threadly.presence;

import static com.threadly.events.PresenceChange.JOINED;
import static com.threadly.events.PresenceChange.SEEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.localstack.testing.Servers;
import com.threadly.presence.Aggregators.Aggregator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is seen again and again is there, however late that is read. */
class PresenceLagIT extends PresenceFixture {

    private static final int USERS = 100;

    /** Far less than the time away. */
    private static final Map<String, String> QUICK = Map.of(
            "PRESENCE_WINDOW", "5s",
            "PRESENCE_TIMEOUT", "5s",
            "AWAY_AFTER", "3s",
            "OFFLINE_AFTER", "1s");

    @Test
    void takesTimeAwayForNobodysAbsence(Servers servers) throws Exception {
        String channel = "presence-product-" + servers.unique("p");
        String last = "presence-product-" + servers.unique("p");
        List<String> users = IntStream.range(0, USERS)
                .mapToObj(number -> servers.unique("u" + number + "-"))
                .toList();
        var rounds = new AtomicInteger();
        try (var beating = Executors.newSingleThreadScheduledExecutor()) {
            users.forEach(user -> send(channel, user, JOINED));
            var beats = beating.scheduleAtFixedRate(
                    () -> {
                        users.forEach(user -> send(channel, user, SEEN));
                        rounds.incrementAndGet();
                    },
                    0,
                    1,
                    TimeUnit.SECONDS);
            try (Aggregator before = aggregators.start("away", QUICK)) {
                await().atMost(LIMIT)
                        .until(() -> counts(channel).stream().anyMatch(count -> count.endsWith("/" + USERS)));
                before.process().stop(LIMIT);
            }
            int stopped = rounds.get();
            await().atMost(LIMIT).until(() -> rounds.get() >= stopped + 10);

            try (Aggregator after = aggregators.start("away", QUICK)) {
                int started = rounds.get();
                await().atMost(LIMIT).until(() -> rounds.get() >= started + 5);
                send(last, "zoe", JOINED);
                await().atMost(LIMIT).until(() -> statuses("zoe").contains("ONLINE"));

                assertThat(after.metric("threadly_presence_clock_skew_seconds")).isBetween(-5.0, 5.0);
                assertThat(beats.isDone()).isFalse();
            } finally {
                beats.cancel(false);
            }
        }
        assertThat(users).allSatisfy(user -> assertThat(statuses(user)).containsExactly("ONLINE"));
        List<String> afterAll = counts(channel).stream()
                .dropWhile(count -> !count.endsWith("/" + USERS))
                .toList();
        assertThat(afterAll).isNotEmpty().allMatch(count -> count.endsWith("/" + USERS));
    }
}

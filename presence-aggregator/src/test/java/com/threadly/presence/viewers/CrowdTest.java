package com.threadly.presence.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.signal.Signal;
import com.threadly.presence.store.MemoryStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** A channel that fills and empties is counted as if every event had been kept. */
class CrowdTest {

    private static final String CHANNEL = "presence-product-1";
    private static final long BEGIN = 100_000_000;
    private static final List<Signal> SIGNS = List.of(Signal.values());

    private final Map<String, Long> seen = new HashMap<>();
    private final Map<String, Long> left = new HashMap<>();
    private Count withPublished = Count.NONE;
    private boolean over;

    private final CountListener counts = new CountListener() {
        @Override
        public void taken(CountTaken taken) {
            assertThat(taken.count()).as("a count").isNotEqualTo(withPublished);
            withPublished = taken.count();
            over = false;
        }

        @Override
        public void over(String channel) {
            assertThat(withPublished).isEqualTo(Count.NONE);
            over = true;
        }
    };

    @Property(tries = 60)
    void countsAsIfAllWereKept(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 400) int users,
            @ForAll boolean windowOutlastsTimeout) {
        seen.clear();
        left.clear();
        withPublished = Count.NONE;
        KeyValueStore<Bytes, byte[]> store = MemoryStore.create();
        var times = new ViewerTimings(
                Duration.ofSeconds(windowOutlastsTimeout ? 60 : 20),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMillis(500));
        var viewers = new Viewers(store, times, counts);
        long now = BEGIN;
        for (int event = 0; event < 1_500; event++) {
            now += random.nextInt(100);
            String user = "u" + random.nextInt(users);
            Signal sign = SIGNS.get(random.nextInt(SIGNS.size()));
            // Sometimes the crowd is quiet for long enough to be partly forgotten.
            now += random.nextInt(500) == 0 ? 25_000 : 0;
            long at = now - random.nextInt(20_000);
            var signal = new PresenceSignal(CHANNEL, user, sign, at);
            boolean matters = !signal.isHeartbeat() || present(times, now).contains(user);
            viewers.accept(signal, now);
            if (matters) {
                (sign == Signal.LEFT ? left : seen).merge(user, at, Math::max);
            }
            if (event % 50 == 0) {
                viewers = new Viewers(store, times, counts);
            }
            if (event % 20 == 0) {
                now += 500;
                viewers.tick(now);
                assertThat(withPublished).isEqualTo(expected(times, now));
                assertThat(ChannelSnapshot.of(CHANNEL, 1_000, now, times, store))
                        .isEqualTo(new ChannelSnapshot(
                                withPublished,
                                times.windowAt(now),
                                present(times, now).stream().sorted().toList()));
            }
        }
        for (int second = 0; second < 200; second++) {
            now += 1_000;
            viewers.tick(now);
        }
        assertThat(withPublished).isEqualTo(Count.NONE);
        assertThat(over).isTrue();
        try (var all = store.all()) {
            assertThat(all.hasNext()).isFalse();
        }
    }

    private Count expected(ViewerTimings times, long now) {
        long distinct = seen.values().stream()
                .filter(at -> at >= times.windowAt(now).start())
                .count();
        return new Count(distinct, present(times, now).size());
    }

    private Set<String> present(ViewerTimings times, long now) {
        var present = new HashSet<String>();
        seen.forEach((user, at) -> {
            if (at >= left.getOrDefault(user, 0L) && at + times.timeout().toMillis() > now) {
                present.add(user);
            }
        });
        return present;
    }
}

package com.threadly.presence.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.signal.Signal;
import com.threadly.presence.store.MemoryStore;
import com.threadly.presence.timing.WorkBudget;
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
    private static final List<Signal> SIGNS = List.of(Signal.JOINED, Signal.SEEN, Signal.AWAY, Signal.LEFT);

    private final Map<String, Long> joined = new HashMap<>();
    private final Map<String, Long> beat = new HashMap<>();
    private final Map<String, Long> left = new HashMap<>();
    private long published;
    private boolean over;

    private final CountListener counts = new CountListener() {
        @Override
        public void taken(CountTaken taken) {
            published = taken.count().present();
            over = false;
        }

        @Override
        public void over(String channel, long at) {
            assertThat(published).isZero();
            over = true;
        }
    };

    @Property(tries = 60)
    void countsAsIfAllWereKept(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 400) int users,
            @ForAll boolean windowOutlastsTimeout) {
        joined.clear();
        beat.clear();
        left.clear();
        published = 0;
        KeyValueStore<Bytes, byte[]> store = MemoryStore.create();
        var budget = new WorkBudget(Duration.ofHours(1), Duration.ofHours(1), () -> 0);
        var times = new ViewerTimings(
                Duration.ofSeconds(windowOutlastsTimeout ? 60 : 20),
                Duration.ofSeconds(5),
                Duration.ofSeconds(50),
                Duration.ofMillis(500));
        var viewers = new Viewers(store, times, budget, counts);
        long now = BEGIN;
        for (int event = 0; event < 1_500; event++) {
            now += random.nextInt(100);
            String user = "u" + random.nextInt(users);
            Signal sign = SIGNS.get(random.nextInt(SIGNS.size()));
            // Sometimes the crowd is quiet for long enough to be partly forgotten.
            now += random.nextInt(500) == 0 ? 25_000 : 0;
            long at = sign.isHeartbeat() ? now : now - random.nextInt(20_000);
            viewers.accept(new PresenceSignal(CHANNEL, user, sign, at, 0), now);
            remember(sign, user, at, times);
            if (event % 50 == 0) {
                viewers = new Viewers(store, times, budget, counts);
            }
            if (event % 20 == 0) {
                now += 500;
                viewers.accept(PresenceSignal.clock(Signal.TICK, now, 0), now);
                // Of several changes within the interval, the latest follows at its end.
                assertThat(published).isIn(numbersSince(times, now - 500));
                assertThat(ChannelSnapshot.of(CHANNEL, 1_000, times, store))
                        .isEqualTo(new ChannelSnapshot(
                                new Count(
                                        distinct(times, now),
                                        present(times, now).size()),
                                times.windowAt(now),
                                present(times, now).stream().sorted().toList()));
            }
        }
        for (int second = 0; second < 200; second++) {
            now += 1_000;
            viewers.accept(PresenceSignal.clock(Signal.TICK, now, 0), now);
        }
        assertThat(over).isTrue();
        try (var all = store.all()) {
            assertThat(all).toIterable().extracting(entry -> entry.key).containsExactly(ViewerStore.CLOCK);
        }
    }

    private void remember(Signal sign, String user, long at, ViewerTimings times) {
        switch (sign) {
            case JOINED -> {
                joined.merge(user, at, Math::max);
                left.computeIfPresent(user, (_, last) -> last == at ? at - 1 : last);
            }
            case LEFT -> left.merge(user, at, Math::max);
            default -> {
                if (present(times, at).contains(user) || at >= left.getOrDefault(user, 0L) + 30_000) {
                    beat.merge(user, at, Math::max);
                }
            }
        }
    }

    private long seen(String user) {
        return Math.max(joined.getOrDefault(user, 0L), beat.getOrDefault(user, 0L));
    }

    private Set<String> users() {
        var users = new HashSet<>(joined.keySet());
        users.addAll(beat.keySet());
        return users;
    }

    private long distinct(ViewerTimings times, long now) {
        return users().stream()
                .filter(user -> seen(user) >= times.windowAt(now).start())
                .count();
    }

    /** How many were present at any time from {@code begin} to half a second later, as far as time alone changed it. */
    private Set<Long> numbersSince(ViewerTimings times, long begin) {
        var numbers = new HashSet<Long>();
        for (long at = begin; at <= begin + 500; at++) {
            numbers.add((long) present(times, at).size());
        }
        return numbers;
    }

    private Set<String> present(ViewerTimings times, long now) {
        var present = new HashSet<String>();
        for (String user : users()) {
            long last = left.getOrDefault(user, 0L);
            boolean isHere =
                    joined.getOrDefault(user, 0L) > last || (beat.containsKey(user) && beat.get(user) >= last + 30_000);
            if (isHere && times.goneAt(seen(user)) > now) {
                present.add(user);
            }
        }
        return present;
    }
}

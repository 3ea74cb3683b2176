package com.threadly.presence.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.signal.Signal;
import com.threadly.presence.store.MemoryStore;
import com.threadly.presence.timing.WorkBudget;
import com.threadly.presence.users.StatusChanged;
import com.threadly.presence.users.StatusListener;
import com.threadly.presence.users.Users;
import com.threadly.presence.viewers.CountListener;
import com.threadly.presence.viewers.CountTaken;
import com.threadly.presence.viewers.Viewers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The same log leads to the same counts and statuses, whenever, however often and in how many steps it is read. */
class ReplayTest {

    private static final long BEGIN = Driver.START.toEpochMilli();
    private static final List<Signal> SIGNS =
            List.of(Signal.JOINED, Signal.SEEN, Signal.SEEN, Signal.AWAY, Signal.LEFT, Signal.OCCUPIED, Signal.VACATED);

    private final WorkBudget budget = new WorkBudget(Duration.ofHours(1), Duration.ofHours(1), () -> 0);

    /** A record of the log. */
    private record Logged(long at, PresenceSignal signal) {}

    /** What was published of one channel or user. */
    private static final class Published implements CountListener, StatusListener {

        private final Map<String, List<Object>> byKey = new HashMap<>();

        private void add(String key, Object what) {
            byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(what);
        }

        @Override
        public void taken(CountTaken count) {
            add(count.channel(), Events.of(count));
        }

        @Override
        public void over(String channel, long at) {
            add(channel, "over at " + at);
        }

        @Override
        public void changed(StatusChanged status) {
            add(status.userId(), Events.of(status));
        }

        @Override
        public void forgotten(String userId, long at) {
            add(userId, "forgotten");
        }

        private Object last(String key) {
            Object last = Objects.requireNonNull(byKey.get(key)).getLast();
            return last instanceof com.threadly.events.UserPresence status ? status.getStatus() : last;
        }
    }

    @Property(tries = 100)
    void countsAreTheSame(@ForAll Random random) {
        List<Logged> log = log(random, 0);

        assertThat(counts(log, new Random(0), 0).byKey).isEqualTo(counts(log, random, 5).byKey);
    }

    @Property(tries = 100)
    void statusesAreTheSame(@ForAll Random random) {
        List<Logged> log = log(random, 0);

        assertThat(statuses(log, 1, new Random(0), 0).byKey).isEqualTo(statuses(log, 1, random, 5).byKey);
    }

    @Property(tries = 100)
    void theLastStatusIsTheSameWhicheverPartitionLags(@ForAll Random random) {
        List<Logged> one = log(random, 0);
        List<Logged> other = log(random, 1);
        Published inOrder = statuses(merged(one, other, null), 2, new Random(0), 0);
        Published lagging = statuses(merged(one, other, random), 2, random, 5);

        assertThat(inOrder.byKey.keySet()).isEqualTo(lagging.byKey.keySet());
        for (String user : inOrder.byKey.keySet()) {
            assertThat(lagging.last(user)).as(user).isEqualTo(inOrder.last(user));
        }
    }

    @Property(tries = 100)
    void whileOnePartitionLagsNobodyIsAbsent(@ForAll Random random) {
        var log = new ArrayList<Logged>();
        for (long second = 0; second < 600; second += 30) {
            long at = BEGIN + second * 1_000;
            log.add(new Logged(at, new PresenceSignal("presence-product-0", "ana", Signal.SEEN, at, 0)));
            log.add(new Logged(at, PresenceSignal.clock(Signal.CLOCK, at - 1, 0)));
        }
        // The other partition is read first, and says that ten minutes have passed.
        List<Logged> other = log.stream()
                .map(record -> new Logged(record.at(), PresenceSignal.clock(Signal.CLOCK, record.at(), 1)))
                .toList();
        var all = new ArrayList<>(other);
        all.addAll(log);

        assertThat(statuses(all, 2, random, 3).byKey.get("ana")).hasSize(1);
    }

    /** One in {@code restarts} records is followed by a restart; 0 for none. */
    private Published counts(List<Logged> log, Random random, int restarts) {
        var published = new Published();
        KeyValueStore<Bytes, byte[]> store = MemoryStore.create();
        var viewers = new Viewers(store, Driver.TIMES, budget, published);
        for (Logged record : log) {
            viewers.accept(record.signal(), record.at());
            if (restarts > 0 && random.nextInt(restarts) == 0) {
                viewers = new Viewers(store, Driver.TIMES, budget, published);
            }
            if (restarts > 0 && random.nextBoolean()) {
                viewers.catchUp();
            }
        }
        return published;
    }

    private Published statuses(List<Logged> log, int sources, Random random, int restarts) {
        var published = new Published();
        KeyValueStore<Bytes, byte[]> store = MemoryStore.create();
        var users = new Users(store, Driver.USER_TIMES, () -> sources, budget, published);
        for (Logged record : log) {
            if (record.signal().sign().isOfUser() || record.signal().sign() == Signal.CLOCK) {
                users.accept(record.signal(), record.at());
            }
            if (restarts > 0 && random.nextInt(restarts) == 0) {
                users = new Users(store, Driver.USER_TIMES, () -> sources, budget, published);
            }
            if (restarts > 0 && random.nextBoolean()) {
                users.catchUp();
            }
        }
        return published;
    }

    /** Users who come, look and go, at most minutes apart, then a long silence. */
    private static List<Logged> log(Random random, int source) {
        var log = new ArrayList<Logged>();
        long now = BEGIN;
        for (int event = 0; event < 200; event++) {
            now += random.nextInt(4) == 0 ? random.nextInt(90_000) : random.nextInt(700);
            Signal sign = SIGNS.get(random.nextInt(SIGNS.size()));
            String channel = "presence-product-" + (2 * random.nextInt(2) + source);
            long at = sign.isHeartbeat() ? now : now - random.nextInt(5_000);
            log.add(new Logged(
                    now,
                    sign.isOfUser()
                            ? new PresenceSignal(channel, "u" + random.nextInt(4), sign, at, source)
                            : new PresenceSignal(channel, "", sign, at, source)));
            if (random.nextBoolean()) {
                log.add(new Logged(now, PresenceSignal.clock(Signal.CLOCK, now - 1, source)));
            }
        }
        for (long end = BEGIN + 12_000_000; now < end; now += 5_000) {
            log.add(new Logged(now, PresenceSignal.clock(Signal.CLOCK, now - 1, source)));
        }
        return log;
    }

    /** In the order of time, or at random; each keeps its own order. */
    private static List<Logged> merged(
            List<Logged> one, List<Logged> other, @org.jspecify.annotations.Nullable Random random) {
        var all = new ArrayList<Logged>();
        int i = 0;
        int j = 0;
        while (i < one.size() || j < other.size()) {
            boolean isOne = i < one.size()
                    && (j == other.size()
                            || (random == null ? one.get(i).at() <= other.get(j).at() : random.nextBoolean()));
            all.add(isOne ? one.get(i++) : other.get(j++));
        }
        return all;
    }
}

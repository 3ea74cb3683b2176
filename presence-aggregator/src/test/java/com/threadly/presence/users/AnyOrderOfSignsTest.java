package com.threadly.presence.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.signal.Signal;
import com.threadly.presence.store.MemoryStore;
import com.threadly.presence.timing.WorkBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** In any order of arrival, the status follows from the whole list of signals. */
class AnyOrderOfSignsTest {

    private static final StatusTimings TIMES = new StatusTimings(
            Duration.ofSeconds(300), Duration.ofSeconds(120), Duration.ofSeconds(30), Duration.ofHours(1));
    private static final long NOW = 1_000_000;
    private static final long TICK = 250;

    @Property(tries = 500)
    void saysWhatTheWholeListSays(@ForAll("signs") List<PresenceSignal> signs, @ForAll Random order) {
        var published = new Told();
        KeyValueStore<Bytes, byte[]> store = MemoryStore.create();
        var users = new Users(
                store, TIMES, () -> 1, new WorkBudget(Duration.ofHours(1), Duration.ofHours(1), () -> 0), published);
        var arriving = new ArrayList<>(signs);
        // Webhooks are repeated: some signals come twice.
        arriving.addAll(signs.subList(0, signs.size() / 3));
        Collections.shuffle(arriving, order);
        users.accept(PresenceSignal.clock(Signal.CLOCK, NOW, 0), NOW);
        arriving.forEach(sign -> users.accept(sign, NOW));

        for (long now = NOW + TICK; now < NOW + 400_000; now += 5_000) {
            users.accept(PresenceSignal.clock(Signal.CLOCK, now, 0), now);
            assertThat(published.status).as("at %d", now).isEqualTo(status(signs, now));
        }
        long later = NOW + Duration.ofHours(2).toMillis();
        users.accept(PresenceSignal.clock(Signal.CLOCK, later, 0), later);
        assertThat(published.forgotten).isEqualTo(!signs.isEmpty());
        try (var all = store.all()) {
            assertThat(all).toIterable().hasSize(1);
        }
    }

    private static final class Told implements StatusListener {

        private Status status = Status.OFFLINE;
        private boolean forgotten;

        @Override
        public void changed(StatusChanged change) {
            assertThat(change.status()).as("a change").isNotEqualTo(status);
            status = change.status();
        }

        @Override
        public void forgotten(String userId, long at) {
            forgotten = true;
        }
    }

    /** The rules again, over the list, one channel at a time. */
    private static Status status(List<PresenceSignal> signs, long now) {
        Map<String, List<PresenceSignal>> byChannel =
                signs.stream().collect(Collectors.groupingBy(PresenceSignal::channel));
        boolean online = false;
        boolean here = false;
        for (List<PresenceSignal> its : byChannel.values()) {
            long joined = latest(its, Signal.JOINED);
            long left = latest(its, Signal.LEFT);
            long until = (left > joined ? Math.min(left, joined + 300_000) : joined + 300_000) + 30_000;
            here |= joined > 0 && now < until;
            online |= joined > 0 && now < until && now < joined + 120_000;
        }
        return online ? Status.ONLINE : here ? Status.AWAY : Status.OFFLINE;
    }

    private static long latest(List<PresenceSignal> signs, Signal sign) {
        return signs.stream()
                .filter(signal -> signal.sign() == sign)
                .mapToLong(PresenceSignal::at)
                .max()
                .orElse(0);
    }

    @Provide
    Arbitrary<List<PresenceSignal>> signs() {
        Arbitrary<String> channels = Arbitraries.of("presence-product-1", "presence-product-2", "presence-user-ana");
        // Within the last five minutes: later signals are ignored by rule.
        Arbitrary<Long> times = Arbitraries.longs().between(NOW - 299_000, NOW);
        // Never a join and a leave at the same time: of those, the later record counts.
        return Combinators.combine(channels, Arbitraries.of(Signal.JOINED, Signal.LEFT), times)
                .as((channel, sign, at) -> new PresenceSignal(
                        channel, "ana", sign, at - Math.floorMod(at, 2) + (sign == Signal.LEFT ? 1 : 0), 0))
                .list()
                .ofMaxSize(15);
    }
}

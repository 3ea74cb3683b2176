package com.threadly.presence.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.signal.Signal;
import com.threadly.presence.store.MemoryStore;
import com.threadly.presence.timing.WorkBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class ViewersTest {

    private static final int PERIOD = 1_000;
    private static final String CHANNEL = "presence-product-1";
    private static final ViewerTimings TIMES = new ViewerTimings(
            Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofSeconds(2));

    private final KeyValueStore<Bytes, byte[]> store = MemoryStore.create();
    private final List<Count> published = new ArrayList<>();
    private final CountListener counts = new CountListener() {
        @Override
        public void taken(CountTaken taken) {
            published.add(taken.count());
        }

        @Override
        public void over(String channel, long at) {
            published.add(Count.NONE);
        }
    };

    private long now = 1_000_000;
    private long nanos;
    private final WorkBudget budget = new WorkBudget(Duration.ofNanos(100), Duration.ofNanos(PERIOD), () -> nanos++);

    @Test
    void countsAfterARestartWhatHadChangedBefore() {
        var before = viewers();
        see(before, "ana");
        see(before, "bo");

        var after = viewers();
        now += 1_999;
        tick(after);
        assertThat(published).containsExactly(new Count(1, 1));
        now += 1;
        tick(after);

        assertThat(published).containsExactly(new Count(1, 1), new Count(2, 2));
    }

    @Test
    void countsVeryManyExactlyAndLeavesNothingOfThem() {
        var viewers = viewers();
        for (int user = 0; user < 5_000; user++) {
            see(viewers, "user-" + user);
        }
        now += 2_000;
        tick(viewers);
        assertThat(published).containsExactly(new Count(1, 1), new Count(5_000, 5_000));
        assertThat(ChannelSnapshot.of(CHANNEL, 10, TIMES, store).count()).isEqualTo(published.getLast());
        assertThat(ChannelSnapshot.of(CHANNEL, 3, TIMES, store).members())
                .containsExactly("user-0", "user-1", "user-10");
        assertThat(ChannelSnapshot.of(CHANNEL, 6_000, TIMES, store).members()).hasSize(5_000);

        for (int minute = 0; minute < 8; minute++) {
            now += 60_000;
            tick(viewers);
            for (int round = 0; round < 200; round++) {
                nanos += PERIOD;
                viewers.catchUp();
            }
        }

        assertThat(published).contains(new Count(0, 5_000)).endsWith(Count.NONE);
        try (var all = store.all()) {
            assertThat(all).toIterable().hasSize(1);
        }
    }

    @Test
    void whatIsDueWaitsForTheNextRoundWhenThereIsTooMuchOfIt() {
        var viewers = viewers();
        for (int user = 0; user < 1_000; user++) {
            see(viewers, "user-" + user);
        }
        now += TIMES.timeout().toMillis();
        long begin = nanos;
        tick(viewers);
        assertThat(nanos - begin).isLessThan(PERIOD + 300);
        // Other tasks of the thread share its time.
        viewers.catchUp();
        assertThat(nanos - begin).isLessThan(PERIOD + 300);
        assertThat(ChannelSnapshot.of(CHANNEL, 0, TIMES, store).count().present())
                .isBetween(700L, 999L);

        for (int round = 0; round < 20; round++) {
            nanos += PERIOD;
            viewers.catchUp();
        }
        assertThat(ChannelSnapshot.of(CHANNEL, 0, TIMES, store).count().present())
                .isZero();
    }

    private Viewers viewers() {
        return new Viewers(store, TIMES, budget, counts);
    }

    private void tick(Viewers viewers) {
        nanos += PERIOD;
        viewers.accept(PresenceSignal.clock(Signal.TICK, now, 0), now);
    }

    private void see(Viewers viewers, String user) {
        nanos += PERIOD;
        assertThat(viewers.accept(new PresenceSignal(CHANNEL, user, Signal.JOINED, now, 0), now))
                .isTrue();
    }
}

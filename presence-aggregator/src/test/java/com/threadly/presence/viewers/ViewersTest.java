package com.threadly.presence.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.signal.Signal;
import com.threadly.presence.store.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class ViewersTest {

    private static final String CHANNEL = "presence-product-1";
    private static final ViewerTimings TIMES = new ViewerTimings(
            Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofSeconds(2));

    private final KeyValueStore<Bytes, byte[]> store = MemoryStore.create();
    private final List<Count> withPublished = new ArrayList<>();
    private final CountListener counts = new CountListener() {
        @Override
        public void taken(CountTaken taken) {
            withPublished.add(taken.count());
        }

        @Override
        public void over(String channel) {
            withPublished.add(Count.NONE);
        }
    };

    private long now = 1_000_000;

    @Test
    void countsAfterARestartWhatHadChangedBefore() {
        var before = new Viewers(store, TIMES, counts);
        see(before, "ana");
        before.tick(now);
        see(before, "bo");

        var after = new Viewers(store, TIMES, counts);
        now += 1_999;
        after.tick(now);
        assertThat(withPublished).containsExactly(new Count(1, 1));
        now += 1;
        after.tick(now);

        assertThat(withPublished).containsExactly(new Count(1, 1), new Count(2, 2));
    }

    @Test
    void countsVeryManyExactlyAndLeavesNothingOfThem() {
        var viewers = new Viewers(store, TIMES, counts);
        for (int user = 0; user < 5_000; user++) {
            see(viewers, "user-" + user);
        }
        viewers.tick(now);
        assertThat(withPublished).containsExactly(new Count(5_000, 5_000));
        assertThat(ChannelSnapshot.of(CHANNEL, 10, now, TIMES, store).count()).isEqualTo(withPublished.getFirst());
        assertThat(ChannelSnapshot.of(CHANNEL, 10, now, TIMES, store).members()).hasSize(10);
        assertThat(ChannelSnapshot.of(CHANNEL, 6_000, now, TIMES, store).members())
                .hasSize(5_000);

        for (int minute = 0; minute < 7; minute++) {
            now += 60_000;
            viewers.tick(now);
            viewers.tick(now);
        }

        assertThat(withPublished).contains(new Count(0, 5_000)).endsWith(Count.NONE, Count.NONE);
        try (var all = store.all()) {
            assertThat(all.hasNext()).isFalse();
        }
    }

    private void see(Viewers viewers, String user) {
        assertThat(viewers.accept(new PresenceSignal(CHANNEL, user, Signal.JOINED, now), now))
                .isTrue();
    }
}

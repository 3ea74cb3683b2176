package com.threadly.presence.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.signal.Signal;
import com.threadly.presence.store.MemoryStore;
import com.threadly.presence.timing.WorkBudget;
import com.threadly.presence.users.StatusChanged;
import com.threadly.presence.users.StatusListener;
import com.threadly.presence.users.UserSnapshot;
import com.threadly.presence.users.Users;
import com.threadly.presence.viewers.ChannelSnapshot;
import com.threadly.presence.viewers.Count;
import com.threadly.presence.viewers.CountListener;
import com.threadly.presence.viewers.CountTaken;
import com.threadly.presence.viewers.Viewers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** State that a release before has written, and state that none has. */
class FormerStateTest {

    /** When the state of 0.1.0 was written. */
    private static final long THEN = 1_793_534_400_000L;

    private static final String SMALL = "presence-product-1";
    private static final String LARGE = "presence-product-2";

    private final WorkBudget budget = new WorkBudget(Duration.ofHours(1), Duration.ofHours(1), () -> 0);
    private final List<String> published = new ArrayList<>();
    private final CountListener counts = new CountListener() {
        @Override
        public void taken(CountTaken count) {
            published.add(count.channel() + " " + count.count().present());
        }

        @Override
        public void over(String channel, long at) {
            published.add(channel + " over");
        }
    };
    private final StatusListener statuses = new StatusListener() {
        @Override
        public void changed(StatusChanged change) {
            published.add(change.userId() + " " + change.status());
        }

        @Override
        public void forgotten(String userId, long at) {
            published.add(userId + " forgotten");
        }
    };

    @Test
    void countsOnFromTheChannelsOfTheReleaseBefore() throws Exception {
        KeyValueStore<Bytes, byte[]> store = read("state-0.1.0-viewers.txt");
        var viewers = new Viewers(store, Driver.TIMES, budget, counts);
        tick(viewers, THEN + 3_000);

        // Bo had left, which was not published yet.
        assertThat(published).containsExactly(SMALL + " 2");
        assertThat(ChannelSnapshot.of(SMALL, 9, Driver.TIMES, store).members()).containsExactly("ana", "cem");
        assertThat(ChannelSnapshot.of(LARGE, 0, Driver.TIMES, store).count()).isEqualTo(new Count(40, 40));
        assertThat(kinds(store)).doesNotContain("c", "g", "D");

        var again = new Viewers(store, Driver.TIMES, budget, counts);
        published.clear();
        tick(again, THEN + 4_000);
        assertThat(published).isEmpty();
        tick(again, THEN + Duration.ofMinutes(10).toMillis());
        assertThat(published).contains(SMALL + " 0", LARGE + " 0", SMALL + " over", LARGE + " over");
    }

    @Test
    void knowsTheUsersOfTheReleaseBefore() throws Exception {
        KeyValueStore<Bytes, byte[]> store = read("state-0.1.0-users.txt");
        var users = new Users(store, Driver.USER_TIMES, () -> 1, budget, statuses);
        pass(users, THEN + 61_000);

        assertThat(published).isEmpty();
        assertThat(UserSnapshot.of("ana", store).orElseThrow().status()).hasToString("ONLINE");
        assertThat(UserSnapshot.of("bo", store).orElseThrow().status()).hasToString("OFFLINE");
        assertThat(UserSnapshot.of("cem", store).orElseThrow().status()).hasToString("OFFLINE");
        assertThat(kinds(store)).doesNotContain("u", "U");

        pass(users, THEN + 121_000);
        assertThat(published).containsExactly("ana AWAY");
        pass(users, THEN + Duration.ofDays(2).toMillis());
        assertThat(published)
                .containsExactlyInAnyOrder("ana AWAY", "ana OFFLINE", "ana forgotten", "bo forgotten", "cem forgotten");
    }

    @Test
    void dropsWhatNobodyHasWritten() {
        KeyValueStore<Bytes, byte[]> channels = foreign();
        KeyValueStore<Bytes, byte[]> people = foreign();
        var viewers = new Viewers(channels, Driver.TIMES, budget, counts);
        var users = new Users(people, Driver.USER_TIMES, () -> 1, budget, statuses);
        var joined = new PresenceSignal(SMALL, "ana", Signal.JOINED, THEN, 0);
        viewers.accept(joined, THEN);
        users.accept(joined, THEN);

        assertThat(published).containsExactly(SMALL + " 1", "ana ONLINE");
        assertThat(ChannelSnapshot.of(SMALL, 9, Driver.TIMES, channels).members())
                .containsExactly("ana");
        assertThat(kinds(channels)).containsExactly("C", "K", "M");
        assertThat(kinds(people)).containsExactly("A");
    }

    private static KeyValueStore<Bytes, byte[]> foreign() {
        KeyValueStore<Bytes, byte[]> store = MemoryStore.create();
        for (String kind : List.of("M", "C", "A", "O", "?", "K")) {
            byte[] key = (kind + "presence-product-1\0ana").getBytes(StandardCharsets.UTF_8);
            store.put(Bytes.wrap(key), new byte[] {99, 1});
        }
        return store;
    }

    private static void tick(Viewers viewers, long at) {
        viewers.accept(PresenceSignal.clock(Signal.TICK, at, 0), at);
    }

    private static void pass(Users users, long at) {
        users.accept(PresenceSignal.clock(Signal.CLOCK, at, 0), at);
    }

    private static List<String> kinds(KeyValueStore<Bytes, byte[]> store) {
        var kinds = new ArrayList<String>();
        try (var all = store.all()) {
            all.forEachRemaining(entry -> kinds.add(Character.toString(entry.key.get()[0])));
        }
        return kinds;
    }

    /** Each line has a key and a value, as the release has written them. */
    private static KeyValueStore<Bytes, byte[]> read(String name) throws IOException {
        KeyValueStore<Bytes, byte[]> store = MemoryStore.create();
        try (var in = FormerStateTest.class.getResourceAsStream("/com/threadly/presence/" + name)) {
            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" "))
                    .forEach(entry -> store.put(
                            Bytes.wrap(HexFormat.of().parseHex(entry[0])),
                            HexFormat.of().parseHex(entry[1])));
        }
        return store;
    }
}

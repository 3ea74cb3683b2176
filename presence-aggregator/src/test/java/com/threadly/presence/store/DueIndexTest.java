package com.threadly.presence.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class DueIndexTest {

    private static final int ALL = Integer.MAX_VALUE;

    private final KeyValueStore<Bytes, byte[]> store = MemoryStore.create();
    private final DueIndex dueIndex = new DueIndex(store, 'D');

    @Property(tries = 100)
    void givesEachEntryOnceWhenItIsDue(@ForAll Random random) {
        KeyValueStore<Bytes, byte[]> store = MemoryStore.create();
        var dueIndex = new DueIndex(store, 'D');
        Map<String, Long> waiting = new HashMap<>();
        long now = 0;
        for (int step = 0; step < 2_000; step++) {
            long at = now + random.nextInt(10) * random.nextLong(1_000);
            dueIndex.add(at, Keys.utf8("entry-" + step));
            waiting.put("entry-" + step, at);
            if (random.nextInt(200) == 0) {
                dueIndex = new DueIndex(store, 'D');
            }
            if (random.nextInt(50) == 0) {
                now += random.nextInt(2_000);
                assertThat(taken(dueIndex, now, ALL)).isEqualTo(removeDue(waiting, now));
            }
        }

        assertThat(taken(dueIndex, now + 10_000, ALL)).isEqualTo(waiting.keySet());
        assertThat(store.all().hasNext()).isFalse();
    }

    @Test
    void leavesToTheNextTimeWhatIsBeyondTheLimit() {
        for (int second = 1; second <= 3; second++) {
            for (int entry = 0; entry < 100; entry++) {
                dueIndex.add(second * 1_000L, Keys.utf8(String.format(Locale.ROOT, "%d-%d", second, entry)));
            }
        }

        Set<String> all = new HashSet<>();
        Set<String> some = taken(dueIndex, 5_000, 100);
        assertThat(some).hasSizeBetween(100, 299);
        while (!some.isEmpty()) {
            assertThat(all).doesNotContainAnyElementsOf(some);
            all.addAll(some);
            some = taken(dueIndex, 5_000, 100);
        }
        assertThat(all).hasSize(300);
    }

    @Test
    void takesFewerRecordsThanEntries() {
        for (int entry = 0; entry < 1_000; entry++) {
            dueIndex.add(5_000, Keys.utf8("user-" + entry));
        }

        try (var all = store.all()) {
            int records = 0;
            for (; all.hasNext(); all.next()) {
                records++;
            }
            assertThat(records).isLessThan(30);
        }
    }

    @Test
    void keepsWhatIsEarlierThanAllThatWasDoneBefore() {
        taken(dueIndex, 10_000, ALL);
        dueIndex.add(3_000, Keys.utf8("late"));

        assertThat(taken(dueIndex, 10_001, ALL)).containsExactly("late");
    }

    private static Set<String> removeDue(Map<String, Long> waiting, long now) {
        Set<String> due = waiting.entrySet().stream()
                .filter(entry -> entry.getValue() <= now)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        waiting.keySet().removeAll(due);
        return due;
    }

    private static Set<String> taken(DueIndex dueIndex, long now, int limit) {
        List<byte[]> due = dueIndex.takeDue(now, limit);
        Set<String> names = due.stream()
                .map(name -> new String(name, StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
        assertThat(names).hasSameSizeAs(due);
        return names;
    }
}

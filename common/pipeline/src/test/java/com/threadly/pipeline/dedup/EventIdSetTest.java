package com.threadly.pipeline.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EventIdSetTest {

    private static final Duration WINDOW = Duration.ofMillis(500);

    /** The same, in a simple way. */
    private static final class Reference {
        record Entry(UUID id, long time) {}

        final Deque<Entry> entries = new ArrayDeque<>();
        final Set<UUID> ids = new HashSet<>();
        final int maxIds;
        long newest = Long.MIN_VALUE;

        Reference(int maxIds) {
            this.maxIds = maxIds;
        }

        boolean add(UUID id, long time) {
            newest = Math.max(newest, time);
            while (!entries.isEmpty() && entries.getFirst().time() < newest - WINDOW.toMillis()) {
                ids.remove(entries.removeFirst().id());
            }
            if (ids.contains(id)) {
                return false;
            }
            if (entries.size() == maxIds) {
                ids.remove(entries.removeFirst().id());
            }
            ids.add(id);
            entries.addLast(new Entry(id, time));
            return true;
        }
    }

    @Property(tries = 300)
    void knowsWhatAPlainSetKnows(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 300) int maxIds,
            @ForAll @IntRange(min = 1, max = 400) int different) {
        var random = new Random(seed);
        var seen = new EventIdSet(WINDOW, maxIds);
        var reference = new Reference(maxIds);
        long time = 0;
        for (int i = 0; i < 1_000; i++) {
            time += random.nextInt(4);
            // Few bits differ, so many ids share a slot in the index.
            var id = new UUID(0, random.nextInt(different));
            long recordTime = time - random.nextInt(20);
            assertThat(seen.add(id, recordTime)).isEqualTo(reference.add(id, recordTime));
            assertThat(seen.size()).isEqualTo(reference.entries.size());
        }
    }

    @Test
    void remembersUpToItsBound() {
        var seen = new EventIdSet(Duration.ofDays(1), 100_000);
        var random = new Random(1);
        for (int i = 0; i < 250_000; i++) {
            assertThat(seen.add(new UUID(random.nextLong(), random.nextLong()), i))
                    .isTrue();
        }
        assertThat(seen.size()).isEqualTo(100_000);
    }
}

package com.threadly.pipeline.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdSetTest {

    private static final Duration WINDOW = Duration.ofMillis(500);

    /** The same, in a simple way. */
    private static final class Reference {
        record Entry(UUID id, long time) {}

        final Deque<Entry> entries = new ArrayDeque<>();
        final Set<UUID> ids = new HashSet<>();
        final int maxIds;
        final Deque<Long> latest = new ArrayDeque<>();
        long now;

        Reference(int maxIds) {
            this.maxIds = maxIds;
        }

        boolean add(UUID id, long time) {
            latest.addLast(time);
            if (latest.size() > LogTime.AGREEING) {
                latest.removeFirst();
            }
            if (latest.size() == LogTime.AGREEING) {
                now = Math.max(now, Collections.min(latest));
            }
            while (!entries.isEmpty() && entries.getFirst().time() < now - WINDOW.toMillis()) {
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
        var seen = seen(WINDOW, maxIds);
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
        var seen = seen(Duration.ofDays(1), 100_000);
        var random = new Random(1);
        for (int i = 0; i < 250_000; i++) {
            assertThat(seen.add(new UUID(random.nextLong(), random.nextLong()), i))
                    .isTrue();
        }
        assertThat(seen.size()).isEqualTo(100_000);
    }

    /** The clock of whoever reads is hours after the records, as after an outage. */
    @ParameterizedTest
    @ValueSource(longs = {0, 3, 24})
    void aRecordThatIsAheadForgetsNothing(long hoursLater) {
        long noon = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();
        var clock = Clock.fixed(Instant.ofEpochMilli(noon).plus(Duration.ofHours(hoursLater)), ZoneOffset.UTC);
        var seen = new EventIdSet(new DedupSettings(Duration.ofMinutes(10), 1_000), clock);
        for (int i = 0; i < 100; i++) {
            seen.add(new UUID(1, i), noon - 60_000 + i);
        }
        for (int i = 0; i < 10; i++) {
            seen.add(new UUID(2, i), noon + Duration.ofMinutes(59).toMillis());
        }

        for (int i = 0; i < 100; i++) {
            assertThat(seen.add(new UUID(1, i), noon + i)).as("new").isFalse();
        }
    }

    /** Every record of some minutes: then our own clock knows better. */
    @Test
    void ofManyRecordsThatAreAheadOfOurClockNoneForgetsAnything() {
        Instant noon = Instant.parse("2026-01-31T12:00:00Z");
        var seen = new EventIdSet(new DedupSettings(Duration.ofMinutes(10), 1_000), Clock.fixed(noon, ZoneOffset.UTC));
        seen.add(new UUID(1, 1), noon.toEpochMilli());
        for (int i = 0; i < 100; i++) {
            seen.add(new UUID(2, i), noon.plus(Duration.ofMinutes(59)).toEpochMilli());
        }

        assertThat(seen.add(new UUID(1, 1), noon.toEpochMilli())).isFalse();
    }

    private static EventIdSet seen(Duration window, int maxIds) {
        return new EventIdSet(new DedupSettings(window, maxIds), Clock.systemUTC());
    }
}

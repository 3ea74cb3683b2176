package com.threadly.presence.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TimingWheelTest {

    private final TimingWheel wheel = new TimingWheel();
    private final List<String> ran = new ArrayList<>();

    private final class Job extends Timed {

        private final String name;
        private final int rank;

        private Job(String name, int rank) {
            this.name = name;
            this.rank = rank;
        }

        @Override
        protected void due(long at) {
            ran.add(name + "@" + at);
        }

        @Override
        protected int rank() {
            return rank;
        }
    }

    @Test
    void runsLowerRanksFirstAmongThoseOfOneTime() {
        wheel.schedule(new Job("channel", 1), 5_000);
        wheel.schedule(new Job("viewer", 0), 5_000);

        assertThat(wheel.run(4_999, () -> true)).isTrue();
        assertThat(ran).isEmpty();
        assertThat(wheel.run(5_000, () -> true)).isTrue();
        assertThat(ran).containsExactly("viewer@5000", "channel@5000");
    }

    @Test
    void theEarliestTimeOfEachCounts() {
        var job = new Job("job", 0);
        wheel.schedule(job, 9_000);
        wheel.schedule(job, 3_000);
        wheel.schedule(job, 5_000);
        var cancelled = new Job("cancelled", 0);
        wheel.schedule(cancelled, 4_000);
        cancelled.cancel();
        wheel.run(20_000, () -> true);

        assertThat(ran).containsExactly("job@3000");
    }

    @Test
    void goesOnWhereItWasInterrupted() {
        for (int number = 0; number < 5; number++) {
            wheel.schedule(new Job("job", 0), 1_000 + number);
        }
        assertThat(wheel.run(2_000, () -> ran.size() < 2)).isFalse();
        assertThat(ran).hasSize(2);
        assertThat(wheel.run(2_000, () -> true)).isTrue();
        assertThat(ran).hasSize(5);
    }

    @Property(tries = 100)
    void runsAllInTheOrderOfTheirTimes(@ForAll Random random) {
        ran.clear();
        var wheel = new TimingWheel();
        var times = new ArrayList<Long>();
        long now = 1_000_000;
        for (int round = 0; round < 20; round++) {
            for (int number = 0; number < 20; number++) {
                // Some are late already.
                long at = now + random.nextInt(20_000) - 1_000;
                times.add(at);
                wheel.schedule(new Job("", 0), at);
            }
            int before = ran.size();
            now += random.nextInt(5_000);
            wheel.run(now, () -> true);
            assertThat(ran.subList(before, ran.size()))
                    .isSortedAccordingTo(Comparator.comparingLong(TimingWheelTest::time));
        }
        wheel.run(now + 30_000, () -> true);
        assertThat(ran).hasSameSizeAs(times);
    }

    private static long time(String entry) {
        return Long.parseLong(entry.substring(1));
    }
}

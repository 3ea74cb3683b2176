package com.threadly.localstack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.chaos.Schedule.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    @Test
    void isTheSameForTheSameSeedAndMinutes() {
        assertThat(Schedule.of(7, FIVE_MINUTES, 1)).isEqualTo(Schedule.of(7, FIVE_MINUTES, 1));
        assertThat(Schedule.of(7, FIVE_MINUTES, 1)).isNotEqualTo(Schedule.of(8, FIVE_MINUTES, 1));
        // The text that a run prints, so that a seed means the same on every machine and in every release of Java.
        assertThat(Schedule.of(7, FIVE_MINUTES, 1).steps().getFirst()).hasToString("  0:15   8 s  kill gateway 1");
    }

    @Property(tries = 200)
    void disturbsAPartAgainOnlyAfterItHasRested(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int minutes) {
        var steps = Schedule.of(seed, Duration.ofMinutes(minutes), 3).steps();

        steps.stream()
                .collect(Collectors.groupingBy(step -> step.what().part()))
                .forEach((part, ofPart) -> assertThat(gaps(ofPart)).as(part).allMatch(gap -> gap.toSeconds() >= 20));
        assertThat(steps)
                .allMatch(step -> step.at().toSeconds() >= 15)
                .allMatch(
                        step -> step.end().compareTo(Duration.ofMinutes(minutes).minusSeconds(20)) <= 0);
    }

    private static List<Duration> gaps(List<Step> steps) {
        return IntStream.range(1, steps.size())
                .mapToObj(n -> steps.get(n).at().minus(steps.get(n - 1).end()))
                .toList();
    }

    @Property(tries = 20)
    void leavesNothingOutInAnHour(@ForAll long seed) {
        assertThat(Schedule.of(seed, Duration.ofHours(1), 3).steps())
                .extracting(step -> step.what().toString())
                .contains(
                        "kill message-fanout-worker 2",
                        "freeze notification-worker 1",
                        "stop and start gateway 1",
                        "kill broker 3",
                        "freeze broker 1",
                        "stop and start broker 2",
                        "cut workers off from Pusher",
                        "stall connections of workers to PostgreSQL",
                        "slow connections of workers to broker 1",
                        "stop PostgreSQL",
                        "kill the registry",
                        "Pusher answers 500",
                        "Pusher answers 429",
                        "Pusher answers 502 with a proxy's page",
                        "Pusher answers half",
                        "Pusher answers late, after it has delivered");
    }
}

package com.threadly.notification.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RebuildSelectionTest {

    private static final Instant TIME = Instant.parse("2026-01-01T12:03:20Z");

    @Test
    void beginsWithTheWindowThatItsFirstTimeIsIn() {
        var selection = new RebuildSelection(
                        RebuildSelection.WITH_ROWS, Optional.of(TIME), Optional.of(TIME), Optional.empty())
                .fromWholeWindow(Duration.ofMinutes(5));

        assertThat(selection.from()).contains(Instant.parse("2026-01-01T12:00:00Z"));
        assertThat(selection.to()).contains(TIME);
    }

    @Test
    void isEverythingOnlyWithoutAnyLimit() {
        Optional<Instant> none = Optional.empty();
        assertThat(new RebuildSelection(RebuildSelection.WITH_ROWS.reversed(), none, none, Optional.empty())
                        .everything())
                .isTrue();
        assertThat(new RebuildSelection(List.of("order-events"), none, none, Optional.empty()).everything())
                .isFalse();
        assertThat(new RebuildSelection(RebuildSelection.WITH_ROWS, none, none, Optional.of("ben")).everything())
                .isFalse();
    }

    @Test
    void readsTheRestOfARange() {
        assertThat(new OffsetRange(10, 50, 100).goingOnAt(40).upToHandled()).isEqualTo(new OffsetRange(40, 50, 50));
        assertThat(new OffsetRange(10, 50, 100).goingOnAt(60).upToHandled().records())
                .isZero();
        assertThat(new OffsetRange(10, 50, 100).records()).isEqualTo(90);
    }

    @Test
    void saysHowLongTheRestWillTake() {
        assertThat(ProgressLine.line(25_000, 100_000, Duration.ofSeconds(5)))
                .isEqualTo("rebuild: 25,000 of 100,000 records, 5,000 per second, left: 15 s");
        assertThat(ProgressLine.line(0, 10, Duration.ZERO)).endsWith("left: unknown");
    }
}

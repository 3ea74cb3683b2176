package com.threadly.notification.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.notification.inbox.Counts;
import com.threadly.notification.inbox.RebuildStore.Outcome;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final UUID ROW = new UUID(1, 1);

    private final Tally tally = new Tally();

    @Test
    void countsADigestThatWasAddedAndGrewAsAdded() {
        assertThat(seen(Outcome.ADDED)).isEqualTo(new Counts(1, 0, 0, 0));
        assertThat(seen(Outcome.CHANGED)).isEqualTo(Counts.NONE);
        assertThat(seen(Outcome.EQUAL)).isEqualTo(Counts.NONE);
    }

    @Test
    void countsARowThatTurnsOutToDifferAsChanged() {
        assertThat(seen(Outcome.EQUAL).plus(seen(Outcome.CHANGED)).plus(seen(Outcome.CHANGED)))
                .isEqualTo(new Counts(0, 1, 0, 0));
    }

    @Test
    void countsAgainWhatWasNotDurable() {
        assertThat(tally.counts(Map.of(ROW, Outcome.ADDED))).isEqualTo(tally.counts(Map.of(ROW, Outcome.ADDED)));
    }

    private Counts seen(Outcome outcome) {
        Counts counts = tally.counts(Map.of(ROW, outcome));
        tally.remember(Map.of(ROW, outcome));
        return counts;
    }
}

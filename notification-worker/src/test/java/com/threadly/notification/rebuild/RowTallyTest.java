package com.threadly.notification.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.notification.inbox.RebuildStore.Outcome;
import com.threadly.notification.inbox.RowCounts;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RowTallyTest {

    private static final UUID ROW = new UUID(1, 1);

    private final RowTally tally = new RowTally();

    @Test
    void countsADigestThatWasAddedAndGrewAsAdded() {
        assertThat(seen(Outcome.ADDED)).isEqualTo(new RowCounts(1, 0, 0, 0));
        assertThat(seen(Outcome.CHANGED)).isEqualTo(RowCounts.NONE);
        assertThat(seen(Outcome.EQUAL)).isEqualTo(RowCounts.NONE);
    }

    @Test
    void countsARowThatTurnsOutToDifferAsChanged() {
        assertThat(seen(Outcome.EQUAL).plus(seen(Outcome.CHANGED)).plus(seen(Outcome.CHANGED)))
                .isEqualTo(new RowCounts(0, 1, 0, 0));
    }

    @Test
    void countsAgainWhatWasNotDurable() {
        assertThat(tally.counts(Map.of(ROW, Outcome.ADDED))).isEqualTo(tally.counts(Map.of(ROW, Outcome.ADDED)));
    }

    private RowCounts seen(Outcome outcome) {
        RowCounts counts = tally.counts(Map.of(ROW, outcome));
        tally.remember(Map.of(ROW, outcome));
        return counts;
    }
}

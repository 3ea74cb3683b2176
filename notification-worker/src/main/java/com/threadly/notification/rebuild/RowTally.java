package com.threadly.notification.rebuild;

import com.threadly.notification.inbox.RebuildStore.Outcome;
import com.threadly.notification.inbox.RowCounts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Counts each row of a partition once, however many records touch it: a digest that was added and then grew counts as
 * added. Rows touched long ago are forgotten, so a very late message may count its digest twice.
 */
final class RowTally {

    private static final int LIMIT = 20_000;

    private final Map<UUID, Outcome> touched = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Outcome> eldest) {
            return size() > LIMIT;
        }
    };

    /** The additions of {@code outcomes} to the counts, before they are {@link #remember remembered}. */
    RowCounts counts(Map<UUID, Outcome> outcomes) {
        long added = 0;
        long changed = 0;
        long equal = 0;
        for (Map.Entry<UUID, Outcome> row : outcomes.entrySet()) {
            Outcome before = touched.get(row.getKey());
            if (before == null) {
                switch (row.getValue()) {
                    case ADDED -> added++;
                    case CHANGED -> changed++;
                    case EQUAL -> equal++;
                }
            } else if (before == Outcome.EQUAL && row.getValue() == Outcome.CHANGED) {
                equal--;
                changed++;
            }
        }
        return new RowCounts(added, changed, equal, 0);
    }

    /** Records that the outcomes are durable. */
    void remember(Map<UUID, Outcome> outcomes) {
        outcomes.forEach((id, outcome) -> touched.merge(
                id, outcome, (before, now) -> before == Outcome.EQUAL && now == Outcome.CHANGED ? now : before));
    }
}

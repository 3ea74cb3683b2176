package com.threadly.notification.rebuild;

import com.threadly.notification.inbox.RowCounts;
import com.threadly.notification.inbox.ShadowTables.Difference;
import java.util.Locale;

/** What a rebuild did to the rows, and how many records produced none. */
record RebuildSummary(Difference rows, long skippedRecords) {

    static RebuildSummary of(RowCounts counts, long removed) {
        return new RebuildSummary(
                new Difference(counts.added(), counts.changed(), counts.equal(), removed), counts.skipped());
    }

    String line(boolean dryRun) {
        return String.format(
                Locale.ROOT,
                "%s: %,d rows added, %,d changed, %,d equal, %,d removed; %,d records skipped",
                dryRun ? "dry run, nothing was changed" : "rebuilt",
                rows.added(),
                rows.changed(),
                rows.equal(),
                rows.removed(),
                skippedRecords);
    }
}

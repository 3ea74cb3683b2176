package com.threadly.notification.inbox;

/**
 * The counts of a rebuild.
 *
 * @param added missing rows
 * @param changed rows that differed
 * @param equal correct rows
 * @param skipped records without a row: undecodable, invalid, or rejected by the database
 */
public record RowCounts(long added, long changed, long equal, long skipped) {

    public static final RowCounts NONE = new RowCounts(0, 0, 0, 0);

    public RowCounts plus(RowCounts more) {
        return new RowCounts(added + more.added, changed + more.changed, equal + more.equal, skipped + more.skipped);
    }
}

package com.threadly.notification.inbox;

/**
 * What a rebuild did.
 *
 * @param added rows that were not there
 * @param changed rows that were there, but differed
 * @param equal rows that were as they should be
 * @param skipped records that have no row: not decodable, invalid, or refused by the database
 */
public record RowCounts(long added, long changed, long equal, long skipped) {

    public static final RowCounts NONE = new RowCounts(0, 0, 0, 0);

    public RowCounts plus(RowCounts more) {
        return new RowCounts(added + more.added, changed + more.changed, equal + more.equal, skipped + more.skipped);
    }
}

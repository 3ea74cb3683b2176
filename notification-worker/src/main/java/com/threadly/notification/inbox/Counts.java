package com.threadly.notification.inbox;

/**
 * What a rebuild did.
 *
 * @param added rows that were not there
 * @param changed rows that were there, but differed
 * @param equal rows that were as they should be
 * @param skipped records that have no row: not decodable, invalid, or refused by the database
 */
public record Counts(long added, long changed, long equal, long skipped) {

    public static final Counts NONE = new Counts(0, 0, 0, 0);

    public Counts plus(Counts more) {
        return new Counts(added + more.added, changed + more.changed, equal + more.equal, skipped + more.skipped);
    }
}

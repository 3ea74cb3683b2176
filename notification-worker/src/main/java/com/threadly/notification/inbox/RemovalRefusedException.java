package com.threadly.notification.inbox;

/** A swap would remove more rows than allowed; nothing was changed. */
public final class RemovalRefusedException extends RuntimeException {

    private final long rows;

    RemovalRefusedException(long rows, long allowed) {
        super("%s live rows are not in the fresh tables, and %s may be removed".formatted(rows, allowed));
        this.rows = rows;
    }

    /** The number of rows that it would remove. */
    public long rows() {
        return rows;
    }
}

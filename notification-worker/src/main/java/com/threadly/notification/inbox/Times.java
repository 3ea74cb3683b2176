package com.threadly.notification.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Columns of type timestamptz. */
final class Times {

    private Times() {}

    static Instant get(ResultSet row, String column) throws SQLException {
        return find(row, column).orElseThrow(() -> new SQLException(column + " is null"));
    }

    static Optional<Instant> find(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}

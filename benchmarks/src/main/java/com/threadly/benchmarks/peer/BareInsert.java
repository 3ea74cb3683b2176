package com.threadly.benchmarks.peer;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/** The ceiling: one connection that inserts rows, 500 per statement, as fast as it can; no Kafka, no push, no mark. */
public final class BareInsert {

    private static final int BATCH = 500;
    private static final int USERS = 100_000;
    private static final String[] TYPES = {"uuid", "text", "text", "text", "text", "text", "text"};
    private static final String INSERT = """
            INSERT INTO notification
                (id, user_id, type, title, message, metadata, created_at, last_event_at, revision)
            SELECT id, user_id, type, title, message, metadata::jsonb, at::timestamptz, at::timestamptz, 1
            FROM unnest(?, ?, ?, ?, ?, ?, ?) AS given (id, user_id, type, title, message, metadata, at)
            ON CONFLICT (id) DO NOTHING
            """;

    private final SplittableRandom random = new SplittableRandom(2);
    private int number;

    /** Inserts {@code warmUp} rows, then for {@code measured}; returns the latter's rows per second. */
    public double rowsPerSecond(Connection connection, long warmUp, Duration measured) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (long rows = 0; rows < warmUp; ) {
                rows += insertBatch(insert);
            }
            long begun = System.nanoTime();
            long rows = insertFor(measured, insert);
            return rows * 1e9 / (System.nanoTime() - begun);
        }
    }

    private long insertFor(Duration time, PreparedStatement insert) throws SQLException {
        long end = System.nanoTime() + time.toNanos();
        long rows = 0;
        while (System.nanoTime() < end) {
            rows += insertBatch(insert);
        }
        return rows;
    }

    private int insertBatch(PreparedStatement insert) throws SQLException {
        var columns = new Object[TYPES.length][BATCH];
        for (int row = 0; row < BATCH; row++) {
            int order = number++;
            UUID event = new UUID(order, -1);
            columns[0][row] = UUID.nameUUIDFromBytes(("bare/" + order).getBytes(StandardCharsets.UTF_8));
            columns[1][row] = "u" + random.nextInt(USERS);
            columns[2][row] = "order";
            columns[3][row] = "Your order is on its way";
            columns[4][row] = "The seller shipped “Linen dress, size 38”.";
            columns[5][row] = String.format(
                    Locale.ROOT, "{\"orderId\":\"order-%d\",\"status\":\"SHIPPED\",\"eventId\":\"%s\"}", order, event);
            columns[6][row] = Instant.now().toString();
        }
        for (int column = 0; column < TYPES.length; column++) {
            Array array = insert.getConnection().createArrayOf(TYPES[column], columns[column]);
            insert.setArray(column + 1, array);
        }
        return insert.executeUpdate();
    }
}

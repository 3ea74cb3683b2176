package com.threadly.gateway.orders;

import com.threadly.database.Database;
import com.threadly.runtime.retry.UnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;

/** Where orders stand, as the projection has stored it. */
public final class OrderStore implements OrderRoute.Reader {

    /** A gateway of before notes the later record, but not its status: what is known of that is outdated then. */
    private static final String ORDER = """
            SELECT order_id, status, previous_status, updated_at FROM order_party
            WHERE order_id = :id AND status IS NOT NULL AND status_offset = log_offset
            """;

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private final Database database;

    /** @param database with the gateway's tables */
    public OrderStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<OrderView> find(String orderId) throws UnavailableException {
        return database.use(handle -> handle.createQuery(ORDER)
                .bind("id", orderId)
                .map((row, _) -> view(row))
                .findOne());
    }

    private static OrderView view(ResultSet row) throws SQLException {
        return new OrderView(
                row.getString("order_id"),
                row.getString("status"),
                row.getString("previous_status"),
                MILLIS.format(row.getObject("updated_at", OffsetDateTime.class).toInstant()));
    }
}

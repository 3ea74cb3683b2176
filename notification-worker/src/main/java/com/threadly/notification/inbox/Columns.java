package com.threadly.notification.inbox;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * A column of many rows as one parameter, in PostgreSQL's binary form: neither side spells out what the other would have
 * to read. JDBI's own arrays are of objects, which the driver writes as text, escaped letter by letter; it sends arrays of
 * strings and of numbers as they are, and knows no such form of ids and times.
 */
final class Columns {

    private static final Instant ZERO = Instant.parse("2000-01-01T00:00:00Z");

    private Columns() {}

    static <R> Argument texts(List<R> rows, Function<? super R, String> value) {
        return array("text", rows.stream().map(value).toArray(String[]::new));
    }

    static <R> Argument integers(List<R> rows, Function<? super R, Integer> value) {
        return array("int4", rows.stream().map(value).toArray(Integer[]::new));
    }

    static <R> Argument uuids(List<R> rows, Function<? super R, UUID> value) {
        return array(Oid.UUID_ARRAY, Oid.UUID, 2 * Long.BYTES, rows, (bytes, row) -> {
            UUID id = value.apply(row);
            bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        });
    }

    /** To the microsecond, which is all that the table keeps. */
    static <R> Argument times(List<R> rows, Function<? super R, Instant> value) {
        return array(
                Oid.TIMESTAMPTZ_ARRAY,
                Oid.TIMESTAMPTZ,
                Long.BYTES,
                rows,
                (bytes, row) -> bytes.putLong(microsSinceZero(value.apply(row))));
    }

    private static long microsSinceZero(Instant time) {
        long seconds = Math.subtractExact(time.getEpochSecond(), ZERO.getEpochSecond());
        return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), time.getNano() / 1_000L);
    }

    private static Argument array(String type, Object[] values) {
        return (position, statement, _) ->
                statement.setArray(position, statement.getConnection().createArrayOf(type, values));
    }

    /** Values of {@code size} bytes each, none of them null, as {@code array_recv} of PostgreSQL reads them. */
    private static <R> Argument array(
            int arrayType, int type, int size, List<R> rows, BiConsumer<ByteBuffer, R> write) {
        var bytes = ByteBuffer.allocate(5 * Integer.BYTES + rows.size() * (Integer.BYTES + size));
        // Dimensions, whether some are null, the type, how many, and the number of the first.
        bytes.putInt(1).putInt(0).putInt(type).putInt(rows.size()).putInt(1);
        for (R row : rows) {
            write.accept(bytes.putInt(size), row);
        }
        return (position, statement, _) -> statement.setArray(
                position,
                new PgArray(statement.getConnection().unwrap(BaseConnection.class), arrayType, bytes.array()));
    }
}

package com.threadly.notification.inbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * A column of many rows as one parameter, in PostgreSQL's binary format, without conversion to text. JDBI's own arrays
 * are of objects, which the driver writes as escaped text; it has no binary format for ids and times, and copies
 * strings several times.
 */
final class BinaryArrays {

    private static final Instant ZERO = Instant.parse("2000-01-01T00:00:00Z");

    /** Of a {@code timestamptz}. */
    private static final long INFINITY = Long.MAX_VALUE;

    private BinaryArrays() {}

    static <R> Argument texts(List<R> rows, Function<? super R, String> value) {
        List<byte[]> texts = rows.stream()
                .map(row -> value.apply(row).getBytes(StandardCharsets.UTF_8))
                .toList();
        int size = texts.stream().mapToInt(text -> text.length).sum();
        return array(
                Oid.TEXT_ARRAY,
                Oid.TEXT,
                texts,
                size,
                (bytes, text) -> bytes.putInt(text.length).put(text));
    }

    static <R> Argument integers(List<R> rows, Function<? super R, Integer> value) {
        return array(
                Oid.INT4_ARRAY,
                Oid.INT4,
                rows,
                rows.size() * Integer.BYTES,
                (bytes, row) -> bytes.putInt(Integer.BYTES).putInt(value.apply(row)));
    }

    static <R> Argument longs(List<R> rows, Function<? super R, Long> value) {
        return array(
                Oid.INT8_ARRAY,
                Oid.INT8,
                rows,
                rows.size() * Long.BYTES,
                (bytes, row) -> bytes.putInt(Long.BYTES).putLong(value.apply(row)));
    }

    static <R> Argument uuids(List<R> rows, Function<? super R, UUID> value) {
        int size = 2 * Long.BYTES;
        return array(Oid.UUID_ARRAY, Oid.UUID, rows, rows.size() * size, (bytes, row) -> {
            UUID id = value.apply(row);
            bytes.putInt(size).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        });
    }

    /** To the microsecond, the table's precision. */
    static <R> Argument times(List<R> rows, Function<? super R, Instant> value) {
        return array(
                Oid.TIMESTAMPTZ_ARRAY,
                Oid.TIMESTAMPTZ,
                rows,
                rows.size() * Long.BYTES,
                (bytes, row) -> bytes.putInt(Long.BYTES).putLong(microsSinceZero(value.apply(row))));
    }

    /** As the other; null is the end of time. */
    static <R> Argument timesOrInfinity(List<R> rows, Function<? super R, @Nullable Instant> value) {
        return array(Oid.TIMESTAMPTZ_ARRAY, Oid.TIMESTAMPTZ, rows, rows.size() * Long.BYTES, (bytes, row) -> {
            Instant time = value.apply(row);
            bytes.putInt(Long.BYTES).putLong(time == null ? INFINITY : microsSinceZero(time));
        });
    }

    private static long microsSinceZero(Instant time) {
        try {
            long seconds = Math.subtractExact(time.getEpochSecond(), ZERO.getEpochSecond());
            return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), time.getNano() / 1_000L);
        } catch (ArithmeticException tooFar) {
            throw new DateTimeException(
                    "the time %s is beyond PostgreSQL's year 294276: publish the event with the time it happened"
                            .formatted(time),
                    tooFar);
        }
    }

    /**
     * An array without nulls, as PostgreSQL's {@code array_recv} reads it.
     *
     * @param size of all values together, in bytes
     * @param write writes the length of a value, and the value
     */
    private static <V> Argument array(
            int arrayType, int type, List<V> values, int size, BiConsumer<ByteBuffer, V> write) {
        int dimensions = 1;
        int hasNulls = 0;
        int firstIndex = 1;
        var bytes = ByteBuffer.allocate((5 + values.size()) * Integer.BYTES + size);
        bytes.putInt(dimensions).putInt(hasNulls).putInt(type).putInt(values.size());
        bytes.putInt(firstIndex);
        values.forEach(value -> write.accept(bytes, value));
        return (position, statement, _) -> statement.setArray(
                position,
                new PgArray(statement.getConnection().unwrap(BaseConnection.class), arrayType, bytes.array()));
    }
}

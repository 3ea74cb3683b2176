package com.threadly.notification.inbox;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;

/**
 * A column of many rows as one parameter. JDBI's own arrays are of objects, which the driver writes as text, escaped
 * letter by letter; it sends arrays of strings and of numbers as they are.
 */
final class Columns {

    private Columns() {}

    static <R> Argument texts(List<R> rows, Function<? super R, String> value) {
        return array("text", rows.stream().map(value).toArray(String[]::new));
    }

    static <R> Argument integers(List<R> rows, Function<? super R, Integer> value) {
        return array("int4", rows.stream().map(value).toArray(Integer[]::new));
    }

    static <R> Argument uuids(List<R> rows, Function<? super R, UUID> value) {
        return array("uuid", rows.stream().map(value).toArray(UUID[]::new));
    }

    private static Argument array(String type, Object[] values) {
        return (position, statement, _) ->
                statement.setArray(position, statement.getConnection().createArrayOf(type, values));
    }
}

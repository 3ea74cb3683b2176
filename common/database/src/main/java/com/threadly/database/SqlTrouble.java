package com.threadly.database;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that is in trouble from a value that it will never take. */
final class SqlTrouble {

    /**
     * SQLState classes that blame the row: data exception, integrity constraint violation, program limit exceeded.
     * Everything else may pass or be mended (a connection, a lock, a full disk, a standby, a revoked right, a wrong
     * password), so no record is given up for it.
     */
    private static final Set<String> BLAMES_THE_ROW = Set.of("22", "23", "54");

    /** The server cancelled the statement: its limit of time was over. A lock that does not come is another state. */
    private static final String CANCELED = "57014";

    private static final String READ_ONLY = "25006";

    /** The server answers and lets one read, but not write: read-only, no rights, a full disk, an I/O error. */
    private static final Set<String> REFUSES_WRITING = Set.of(READ_ONLY, "42501", "53100", "58030");

    private SqlTrouble() {}

    /** For a server that was asked, and says that it is read-only. */
    static SQLException readOnly() {
        return new SQLException("the server is read-only", READ_ONLY);
    }

    /** Whether the server is a standby, or was the primary until another took its place. */
    static boolean isReadOnly(Throwable failure) {
        return stateOf(failure).filter(READ_ONLY::equals).isPresent();
    }

    /** Whether reading may succeed all the same, and so proves nothing. */
    static boolean refusesWriting(Throwable failure) {
        return stateOf(failure).filter(REFUSES_WRITING::contains).isPresent();
    }

    private static Optional<String> stateOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.ofNullable(sql.getSQLState());
            }
        }
        return Optional.empty();
    }

    /** What is wrong with the database, for an operator; empty when the statement's values are at fault. */
    static Optional<String> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return blamesTheRow(sql.getSQLState()) ? Optional.empty() : Optional.of(described(sql));
            }
        }
        return Optional.empty();
    }

    /** Whether a statement took longer than statements may. */
    static boolean isTimeout(Throwable failure) {
        return stateOf(failure).filter(CANCELED::equals).isPresent();
    }

    private static boolean blamesTheRow(@Nullable String state) {
        return state != null && state.length() == 5 && BLAMES_THE_ROW.contains(state.substring(0, 2));
    }

    private static String described(SQLException sql) {
        // The pool says only that it waited; what it waited for is in the cause.
        Throwable told = sql.getCause() instanceof SQLException inner ? inner : sql;
        return "SQLState %s: %s".formatted(sql.getSQLState(), told.getMessage());
    }
}

package com.threadly.database;

import com.threadly.runtime.retry.Causes;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Distinguishes a database in trouble from a value that it will never accept. */
final class SqlTrouble {

    /**
     * SQLState classes that blame the row: data exception, integrity constraint violation, program limit exceeded.
     * Everything else may pass or be fixed (a connection, a lock, a full disk, a standby, a revoked right, a wrong
     * password), so the record is retried.
     */
    private static final Set<String> BLAMES_THE_ROW = Set.of("22", "23", "54");

    /** The server cancelled the statement at its time limit. A lock timeout has another state. */
    private static final String CANCELED = "57014";

    private static final String READ_ONLY = "25006";

    /** The server allows reads but not writes: read-only, no rights, a full disk, an I/O error. */
    private static final Set<String> REFUSES_WRITING = Set.of(READ_ONLY, "42501", "53100", "58030");

    /** In the words of PgBouncer before and since 1.20, and of RDS Proxy. */
    private static final Pattern POOLER_REFUSES =
            Pattern.compile("unsupported startup parameter(?:: options| in options)|command-line options");

    private SqlTrouble() {}

    /** For a server that reports itself as read-only. */
    static SQLException readOnly() {
        return new SQLException("the server is read-only", READ_ONLY);
    }

    /** Whether the server is a standby, or a former primary. */
    static boolean isReadOnly(Throwable failure) {
        return stateOf(failure).filter(READ_ONLY::equals).isPresent();
    }

    /** Whether reads may still succeed, and so prove nothing. */
    static boolean refusesWriting(Throwable failure) {
        return stateOf(failure).filter(REFUSES_WRITING::contains).isPresent();
    }

    private static Optional<String> stateOf(Throwable failure) {
        return Causes.first(SQLException.class, failure).map(SQLException::getSQLState);
    }

    /** The problem of the database, for an operator; empty when the statement's values are at fault. */
    static Optional<String> in(Throwable failure) {
        return Causes.first(SQLException.class, failure)
                .filter(sql -> !blamesTheRow(sql.getSQLState()))
                .map(SqlTrouble::described);
    }

    /** Whether a statement exceeded the statement timeout. */
    static boolean isTimeout(Throwable failure) {
        return stateOf(failure).filter(CANCELED::equals).isPresent();
    }

    private static boolean blamesTheRow(@Nullable String state) {
        return state != null && state.length() == 5 && BLAMES_THE_ROW.contains(state.substring(0, 2));
    }

    private static String described(SQLException sql) {
        // The pool says only that it waited; the reason is in the cause.
        SQLException reported = sql.getCause() instanceof SQLException inner ? inner : sql;
        String message = String.valueOf(reported.getMessage());
        return "SQLState %s: %s%s"
                .formatted(
                        sql.getSQLState(),
                        message,
                        POOLER_REFUSES.matcher(message).find()
                                ? "; behind a pooler set DATABASE_SESSION_SETTINGS=false"
                                : "");
    }
}

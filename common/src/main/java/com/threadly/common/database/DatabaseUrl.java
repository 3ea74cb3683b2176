package com.threadly.common.database;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where PostgreSQL is, in either of the two forms that people have at hand. May hold a password: never printed. */
public final class DatabaseUrl {

    private static final String JDBC = "jdbc:postgresql:";

    private final String jdbcUrl;
    private final @Nullable String user;
    private final @Nullable String password;

    private DatabaseUrl(String jdbcUrl, @Nullable String user, @Nullable String password) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
    }

    /** {@code jdbc:postgresql://host:port/name} or {@code postgres://user:password@host:port/name}. */
    public static DatabaseUrl parse(String text) {
        if (text.startsWith(JDBC)) {
            return new DatabaseUrl(text, null, null);
        }
        URI uri = URI.create(text);
        String scheme = uri.getScheme();
        String authority = uri.getRawAuthority();
        if (authority == null || !("postgres".equals(scheme) || "postgresql".equals(scheme))) {
            throw new IllegalArgumentException("expected jdbc:postgresql://... or postgres://...");
        }
        int at = authority.lastIndexOf('@');
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String jdbcUrl = JDBC + "//" + authority.substring(at + 1) + uri.getRawPath() + query;
        if (at < 0) {
            return new DatabaseUrl(jdbcUrl, null, null);
        }
        String[] credentials = authority.substring(0, at).split(":", 2);
        return new DatabaseUrl(
                jdbcUrl, decoded(credentials[0]), credentials.length == 2 ? decoded(credentials[1]) : null);
    }

    String jdbcUrl() {
        return jdbcUrl;
    }

    Optional<String> user() {
        return Optional.ofNullable(user);
    }

    Optional<String> password() {
        return Optional.ofNullable(password);
    }

    @Override
    public String toString() {
        return "DatabaseUrl[********]";
    }

    private static String decoded(String text) {
        // In this part of a URI a plus is a plus, not a blank.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}

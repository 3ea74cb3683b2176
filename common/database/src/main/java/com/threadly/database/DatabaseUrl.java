package com.threadly.database;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The address of PostgreSQL, in either of the two common forms. May hold a password: it is never printed, and not in
 * the address for the driver and the pool, which may print it.
 */
public final class DatabaseUrl {

    private static final String JDBC = "jdbc:postgresql:";
    private static final Pattern ON_THIS_MACHINE = Pattern.compile("(?<base>" + JDBC + "[^/?@]*)(?:\\?(?<query>.*))?");
    private static final Pattern FORM = Pattern.compile("(?:jdbc:postgresql|postgres|postgresql)://"
            + "(?:(?<info>[^/?]*)@)?(?<hosts>[^/?@]*)(?<name>/[^?@]*)?(?:\\?(?<query>.*))?");
    private static final Pattern HOSTS =
            Pattern.compile("(?:HOST(?:,HOST)*)?".replace("HOST", "(?:\\[[^]\\s]+]|[^:,\\s\\[]+)(?::\\d{1,5})?"));

    /** Those that we pass on ourselves: within the address they would replace ours. */
    private static final List<String> LIFTED = List.of("user=", "password=", "options=");

    private final String jdbcUrl;
    private final @Nullable String user;
    private final @Nullable String password;
    private final @Nullable String options;

    private DatabaseUrl(String jdbcUrl, @Nullable String user, @Nullable String password, @Nullable String options) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
        this.options = options;
    }

    /**
     * {@code jdbc:postgresql://host:port/name} or {@code postgres://host:port/name}, several hosts separated by commas,
     * with {@code user:password@} before them or {@code user} and {@code password} among the parameters.
     */
    public static DatabaseUrl parse(String text) {
        Matcher local = ON_THIS_MACHINE.matcher(text);
        if (local.matches()) {
            return of(local.group("base"), null, local.group("query"));
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !HOSTS.matcher(form.group("hosts")).matches()) {
            throw new IllegalArgumentException("expected jdbc:postgresql://... or postgres://...");
        }
        String name = form.group("name") == null ? "/" : form.group("name");
        return of(JDBC + "//" + form.group("hosts") + name, form.group("info"), form.group("query"));
    }

    private static DatabaseUrl of(String base, @Nullable String userInfo, @Nullable String query) {
        String[] info = userInfo == null ? new String[0] : userInfo.split(":", 2);
        List<String> parameters = query == null ? List.of() : List.of(query.split("&"));
        if (parameters.stream().anyMatch(one -> one.startsWith("prepareThreshold=") && !one.endsWith("=0"))) {
            throw new IllegalArgumentException(
                    "expected prepareThreshold=0, as without it: behind a pooler, a statement with a name may run"
                            + " another one of that name");
        }
        String others = parameters.stream()
                .filter(one -> LIFTED.stream().noneMatch(one::startsWith))
                .collect(Collectors.joining("&"));
        return new DatabaseUrl(
                base + (others.isEmpty() ? "" : "?" + others),
                info.length > 0 ? decoded(info[0]) : parameter(parameters, "user="),
                info.length > 1 ? decoded(info[1]) : parameter(parameters, "password="),
                parameter(parameters, "options="));
    }

    /** As the driver decodes it: a plus is a blank here. */
    private static @Nullable String parameter(List<String> parameters, String name) {
        return parameters.stream()
                .filter(one -> one.startsWith(name))
                .map(one -> URLDecoder.decode(one.substring(name.length()), StandardCharsets.UTF_8))
                .findFirst()
                .orElse(null);
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

    /** What the sessions of the server begin with, as {@code -c name=value}. */
    Optional<String> options() {
        return Optional.ofNullable(options);
    }

    @Override
    public String toString() {
        return "DatabaseUrl[********]";
    }

    private static String decoded(String text) {
        // In this part of a URI, a plus is a plus, not a blank.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}

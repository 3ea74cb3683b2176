package com.threadly.runtime.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The single rule for secrets in text: the user info of a URI, and the value of anything named password, secret, token,
 * credential or key. Logs, errors and health output pass through it. It masks too much rather than too little.
 */
public final class Secrets {

    /** Replaces secrets. */
    public static final String MASK = "********";

    private static final String NAMES = "(?i)(pass(?:word|wd|phrase|code)?|pwd|secret|token|credentials?|user[._-]?info"
            + "|(?:api|access|private|master|auth|account|shared)[._-]?key|signature|\\bsig|jaas[._-]?config)";

    /** In lower case: one of these is in each of {@link #NAMES}. */
    private static final List<String> PARTS_OF_NAMES = List.of(
            "pass",
            "pwd",
            "secret",
            "token",
            "credential",
            "userinfo",
            "user.info",
            "user_info",
            "user-info",
            "key",
            "sig",
            "jaas");

    // Repeated groups are possessive (the second plus): backtracking may overflow the stack on mixed scripts.

    /** {@code scheme://user:password@}, whatever the password contains, up to the next URI. */
    private static final Pattern USER_INFO = Pattern.compile("(://)(?:(?:(?!://)[^\\s\"'<>@])*+@)++");
    /** {@code user:password@host}. */
    private static final Pattern USER_INFO_OF_A_HOST =
            Pattern.compile("(?<![\\w.@/-])[^\\s:/@\"'<>=,;(\\[{]{1,256}+:[^\\s/@\"'<>]{1,256}+@(?=[\\w\\[])");
    /**
     * {@code password=...} in a query, {@code password="..."} in a JAAS entry, {@code "password":"..."} in JSON, {@code
     * password: ...} in YAML. Neither a port, nor a parser's "unexpected token", nor our own advice behind a colon.
     */
    private static final Pattern NAMED = Pattern.compile("(?<![Uu]nexpected )" + NAMES
            + "(\\s*=\\s*|[\"']\\s*:\\s*|\\s*:(?:\\s+|(?![\\s/]|\\d{1,5}(?!\\w)))(?-i:(?!(?:check|set) [A-Z])))"
            + "(?:\"(?:[^\"\\\\]++|\\\\.)*+\"?|'[^']*+'?|[^\\s&\"'<>]*[^\\s&\"'<>,;}\\])])");

    /** {@code Authorization: Bearer ...}, with any scheme or none. */
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "(?i)(authorization[\"']?\\s*[:=]\\s*[\"']?(?:(?:bearer|basic|digest|negotiate)\\s+)?)" + "[^\\s\"',;<>]+");
    /** {@code Bearer ...} anywhere, if what follows is not a word. */
    private static final Pattern SCHEME =
            Pattern.compile("\\b(Bearer|Basic)(\\s+)(?=[^\\s]*(?:[\\d=]|[._-]\\w))[\\w.~+/=-]*[\\w~+/=-]");

    private static final Pattern SECRET_NAME = Pattern.compile(NAMES + "$");
    private static final Pattern USER_INFO_OF_A_VALUE = Pattern.compile("(^|://)(?:(?:(?!://)[^@])*+@)++");
    private static final Pattern NAMED_OF_A_VALUE = Pattern.compile("(?s)" + NAMES + "(\\s*=\\s*)[^&]+");

    private Secrets() {}

    /** Masks any {@code text}, such as a log line or an exception's message. */
    public static String masked(@Nullable String text) {
        String masked = String.valueOf(text);
        // Most lines have none, and this is cheaper than searching for each.
        if (masked.indexOf('@') >= 0) {
            masked = USER_INFO.matcher(masked).replaceAll("$1" + MASK + "@");
            masked = USER_INFO_OF_A_HOST.matcher(masked).replaceAll(MASK + "@");
        }
        if (masked.indexOf('=') >= 0 || masked.indexOf(':') >= 0) {
            String lowerCase = masked.toLowerCase(Locale.ROOT);
            if (lowerCase.contains("authorization")) {
                masked = AUTHORIZATION.matcher(masked).replaceAll("$1" + MASK);
            }
            if (PARTS_OF_NAMES.stream().anyMatch(lowerCase::contains)) {
                masked = NAMED.matcher(masked).replaceAll("$1$2" + MASK);
            }
        }
        if (masked.contains("Bearer") || masked.contains("Basic")) {
            masked = SCHEME.matcher(masked).replaceAll("$1$2" + MASK);
        }
        return masked;
    }

    /** Masks the {@code value} of a field, all of it when {@code name} marks it as secret. */
    public static String maskedField(String name, String value) {
        return SECRET_NAME.matcher(name).find() ? MASK : masked(value);
    }

    /** Masks a complete value of a setting, where a secret may contain blanks, too. */
    static String maskedValue(String value) {
        String masked = USER_INFO_OF_A_VALUE.matcher(value).replaceAll("$1" + MASK + "@");
        return masked(NAMED_OF_A_VALUE.matcher(masked).replaceAll("$1$2" + MASK));
    }
}

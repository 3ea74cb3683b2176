package com.threadly.runtime.settings;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one rule for what is secret in a text that people read: the user info of a URI, and the value of anything that is
 * called a password, secret, token, credential or key. Logs, errors and health pass through it. It masks too much rather
 * than too little.
 */
public final class Secrets {

    /** Stands for what is not shown. */
    public static final String MASK = "********";

    private static final String NAMES = "(?i)(pass(?:word|wd|phrase|code)?|pwd|secret|token|credentials?|user[._-]?info"
            + "|(?:api|access|private|master|auth|account|shared)[._-]?key|signature|\\bsig|jaas[._-]?config)";

    // Repeated groups never step back (the second plus): what does may overflow the stack on a text of mixed scripts.

    /** {@code scheme://user:password@}, whatever the password is made of, up to the next URI. */
    private static final Pattern USER_INFO = Pattern.compile("(://)(?:(?:(?!://)[^\\s\"'<>@])*+@)++");
    /** {@code user:password@host}. */
    private static final Pattern USER_INFO_OF_A_HOST =
            Pattern.compile("(?<![\\w.@/-])[^\\s:/@\"'<>=,;(\\[{]{1,256}+:[^\\s/@\"'<>]{1,256}+@(?=[\\w\\[])");
    /** {@code password=...} of a query, {@code password="..."} of a JAAS entry, {@code "password":"..."} of a JSON object. */
    private static final Pattern NAMED = Pattern.compile(NAMES + "(\\s*=\\s*|[\"']\\s*:\\s*)"
            + "(?:\"(?:[^\"\\\\]++|\\\\.)*+\"?|'[^']*+'?|[^\\s&\"'<>]*[^\\s&\"'<>,;}\\])])");

    private static final Pattern SECRET_NAME = Pattern.compile(NAMES + "$");
    private static final Pattern USER_INFO_OF_A_VALUE = Pattern.compile("(^|://)(?:(?:(?!://)[^@])*+@)++");
    private static final Pattern NAMED_OF_A_VALUE = Pattern.compile("(?s)" + NAMES + "(\\s*=\\s*)[^&]+");

    private Secrets() {}

    /** Any {@code text}, such as a line of a log or the message of an exception. */
    public static String masked(@Nullable String text) {
        String masked = String.valueOf(text);
        // Most lines have none, and this is cheaper than to look for each.
        if (masked.indexOf('@') >= 0) {
            masked = USER_INFO.matcher(masked).replaceAll("$1" + MASK + "@");
            masked = USER_INFO_OF_A_HOST.matcher(masked).replaceAll(MASK + "@");
        }
        if (masked.indexOf('=') >= 0 || masked.indexOf(':') >= 0) {
            masked = NAMED.matcher(masked).replaceAll("$1$2" + MASK);
        }
        return masked;
    }

    /** The {@code value} of a field, of which nothing is shown when {@code name} says that it is secret. */
    public static String maskedField(String name, String value) {
        return SECRET_NAME.matcher(name).find() ? MASK : masked(value);
    }

    /** The whole of a setting's value, where a secret may have blanks, too. */
    static String maskedValue(String value) {
        String masked = USER_INFO_OF_A_VALUE.matcher(value).replaceAll("$1" + MASK + "@");
        return masked(NAMED_OF_A_VALUE.matcher(masked).replaceAll("$1$2" + MASK));
    }
}

package com.threadly.runtime;

import com.threadly.runtime.settings.Secrets;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The single rule for what text logs show of anything that is logged. */
final class LogText {

    /**
     * What ends a line for any reader, controls a terminal, or changes the direction of text: control, format, separator
     * and lone surrogate characters.
     */
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private LogText() {}

    /** Masks secrets in {@code text} and escapes it as Java does, so that it stays within its line. */
    static String harmless(String text) {
        String masked = Secrets.masked(text);
        Matcher harmful = HARMFUL.matcher(masked);
        if (!harmful.find()) {
            return masked;
        }
        // Masked before, as escapes may join what blanks separate, and after, as they may join what is secret.
        return Secrets.masked(harmful.replaceAll(found -> Matcher.quoteReplacement(escaped(found))));
    }

    private static String escaped(MatchResult harmful) {
        return switch (harmful.group()) {
            case "\n" -> "\\n";
            case "\r" -> "\\r";
            case "\t" -> "\\t";
            default ->
                harmful.group()
                        .chars()
                        .mapToObj(unit -> String.format(Locale.ROOT, "\\u%04x", unit))
                        .reduce("", String::concat);
        };
    }
}

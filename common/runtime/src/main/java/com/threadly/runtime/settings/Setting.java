package com.threadly.runtime.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One setting: its name is the environment variable's and the key in the settings file.
 *
 * @param name upper case with underscores, as operators write it
 * @param doc one sentence for operators, with unit and limits
 * @param defaultText the default, or null when there is none
 * @param secret never printed
 * @param parser turns text into a value; an {@link IllegalArgumentException} says what is expected
 * @param placeholder replaces a missing or invalid value until {@link Settings#verify()} reports it; never used
 */
public record Setting<T>(
        String name,
        String doc,
        @Nullable String defaultText,
        boolean secret,
        Function<String, T> parser,
        T placeholder) {

    public static Setting<String> text(String name, String doc) {
        return new Setting<>(name, doc, null, false, Function.identity(), "");
    }

    /** A text that never appears in a log, an error or a metric. */
    public static Setting<String> secret(String name, String doc) {
        return new Setting<>(name, doc, null, true, Function.identity(), "");
    }

    public static Setting<URI> uri(String name, String doc) {
        return new Setting<>(name, doc, null, false, Setting::absoluteUri, URI.create("unset:/"));
    }

    /**
     * A value of any type.
     *
     * @param placeholder replaces a missing or invalid value; never used
     */
    public static <T> Setting<T> parsed(String name, String doc, Function<String, T> parser, T placeholder) {
        return new Setting<>(name, doc, null, false, parser, placeholder);
    }

    /**
     * A number and a unit: {@code 200ms}, {@code 30s}, {@code 10m}, {@code 1h} or {@code 7d}. Nothing at all, which
     * hardly ever means what it seems to, and more than ten years are refused.
     */
    public static Setting<Duration> duration(String name, String doc) {
        return duration(name, Durations.SHORTEST, Durations.LONGEST, doc);
    }

    /** As {@link #duration(String, String)}, from {@code min} to {@code max}. */
    public static Setting<Duration> duration(String name, Duration min, Duration max, String doc) {
        return new Setting<>(name, doc, null, false, text -> Durations.parse(text, min, max), Duration.ofSeconds(1));
    }

    public static Setting<Integer> integer(String name, int min, int max, String doc) {
        return new Setting<>(name, doc, null, false, text -> integer(text, min, max), min);
    }

    public static Setting<Boolean> flag(String name, String doc) {
        return new Setting<>(name, doc, null, false, Setting::flag, false);
    }

    /** The same setting, whose text never appears in a log, an error or a metric. */
    public Setting<T> masked() {
        return new Setting<>(name, doc, defaultText, true, parser, placeholder);
    }

    /** The same setting, whose text must pass {@code check} too. */
    public Setting<T> checked(UnaryOperator<T> check) {
        return new Setting<>(name, doc, defaultText, secret, text -> check.apply(parser.apply(text)), placeholder);
    }

    /** The same setting with a default, written as an operator would. */
    public Setting<T> orElse(String text) {
        var _ = parser.apply(text);
        return new Setting<>(name, doc, text, secret, parser, placeholder);
    }

    private static URI absoluteUri(String text) {
        URI uri = URI.create(text);
        if (!uri.isAbsolute()) {
            throw new IllegalArgumentException("expected an absolute URI such as http://host:port");
        }
        return uri;
    }

    private static int integer(String text, int min, int max) {
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // The message below covers both.
        }
        throw new IllegalArgumentException(
                String.format(Locale.ROOT, "expected a whole number from %d to %d", min, max));
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException("expected true or false");
        };
    }
}

package com.threadly.notification.rule;

import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;

/** The languages of notifications, each with a {@code texts*.properties} beside this class. */
public final class Languages {

    static final List<String> ALL = List.of("en", "de");

    private Languages() {}

    /**
     * The locale of a BCP 47 tag; its region determines the format of numbers and amounts.
     *
     * @throws IllegalArgumentException when the tag is malformed, or there are no texts in its language
     */
    public static Locale locale(String tag) {
        try {
            Locale locale = new Locale.Builder().setLanguageTag(tag).build();
            if (ALL.contains(locale.getLanguage())) {
                return locale;
            }
        } catch (IllformedLocaleException e) {
            // The message below covers both.
        }
        throw new IllegalArgumentException(
                "expected a BCP 47 tag such as en-GB or de-AT of one of these languages: " + String.join(", ", ALL));
    }
}

package com.threadly.notification.rule;

import java.text.BreakIterator;
import java.util.Locale;

/** What people wrote, as one line or a few of a notification: cleaned, and cut between words or graphemes. */
final class TextSanitizer {

    private static final char ELLIPSIS = '…';
    private static final char REPLACEMENT = '\uFFFD';

    /** A grapheme may be of any length (stacked accents); this many units each, on average, must do. */
    private static final int UNITS_A_GRAPHEME = 8;

    private TextSanitizer() {}

    /** One line of at most {@code maxGraphemes} characters as a person counts them, cleaned. */
    static String line(String text, int maxGraphemes) {
        return cut(cleaned(text, false), maxGraphemes);
    }

    /** Cleaned, with its line breaks. */
    static String paragraphs(String text) {
        return cleaned(text, true);
    }

    /** The longest beginning of at most {@code maxUnits} UTF-16 units that ends between graphemes, and an ellipsis. */
    static String cutToUnits(String text, int maxUnits) {
        if (text.length() <= maxUnits) {
            return text;
        }
        int end = Math.max(0, maxUnits - 1);
        BreakIterator graphemes = graphemes(text);
        if (!graphemes.isBoundary(end)) {
            int before = graphemes.preceding(end);
            // A single grapheme longer than all the room: then at least no half of a pair.
            end = before > 0 ? before : wholePair(text, end);
        }
        return text.substring(0, end).stripTrailing() + ELLIPSIS;
    }

    private static String cut(String text, int maxGraphemes) {
        String bounded = cutToUnits(text, maxGraphemes * UNITS_A_GRAPHEME);
        if (bounded.length() <= maxGraphemes) {
            return bounded;
        }
        BreakIterator graphemes = graphemes(bounded);
        int end = graphemes.next(maxGraphemes - 1);
        if (end == BreakIterator.DONE
                || graphemes.next() == BreakIterator.DONE
                || graphemes.current() == bounded.length()) {
            return bounded;
        }
        return bounded.substring(0, wordEnd(bounded, end)).stripTrailing() + ELLIPSIS;
    }

    /** {@code end}, or where the last whole word before it ends, if that costs no more than a third. */
    private static int wordEnd(String line, int end) {
        int blank = line.lastIndexOf(' ', end);
        return blank >= end - end / 3 ? blank : end;
    }

    private static String cleaned(String text, boolean lineBreaks) {
        var clean = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (lineBreaks && c == '\n') {
                clean.append('\n');
                space = false;
            } else if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                space = true;
            } else if (!isDropped(c)) {
                if (space && !clean.isEmpty() && clean.charAt(clean.length() - 1) != '\n') {
                    clean.append(' ');
                }
                space = false;
                clean.appendCodePoint(isHalfPair(c) ? REPLACEMENT : c);
            }
        }
        return clean.toString().strip();
    }

    /** Control characters, and what would turn the direction of the text around it. */
    private static boolean isDropped(int c) {
        return Character.isISOControl(c) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    private static boolean isHalfPair(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private static int wholePair(String text, int end) {
        return end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    private static BreakIterator graphemes(String text) {
        BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
        graphemes.setText(text);
        return graphemes;
    }
}

package com.threadly.notification.rule;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.text.BreakIterator;
import java.util.Locale;

/** Cleans user-written text for notifications, and cuts it between words or graphemes. */
final class TextSanitizer {

    /** Of all dots, none is raised. */
    private static final int BLANK_BRAILLE = 0x2800;

    private static final char ELLIPSIS = '…';
    private static final char REPLACEMENT = '\uFFFD';

    /** A grapheme may have any length (stacked accents); allow this many units each, on average. */
    private static final int UNITS_A_GRAPHEME = 8;

    private TextSanitizer() {}

    /** One cleaned line of at most {@code maxGraphemes} user-perceived characters; empty when nothing of it is visible. */
    static String line(String text, int maxGraphemes) {
        String line = cut(cleaned(text, false), maxGraphemes);
        return line.codePoints().anyMatch(TextSanitizer::isVisible) ? line : "";
    }

    private static boolean isVisible(int c) {
        return c != BLANK_BRAILLE
                && !UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
                && switch (Character.getType(c)) {
                    case Character.SPACE_SEPARATOR,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.CONTROL,
                            Character.FORMAT,
                            Character.NON_SPACING_MARK,
                            Character.ENCLOSING_MARK -> false;
                    default -> true;
                };
    }

    /** Cleaned, with line breaks. */
    static String paragraphs(String text) {
        return cleaned(text, true);
    }

    /** The longest prefix of at most {@code maxUnits} UTF-16 units that ends between graphemes, plus an ellipsis. */
    static String cutToUnits(String text, int maxUnits) {
        if (text.length() <= maxUnits) {
            return text;
        }
        int end = Math.max(0, maxUnits - 1);
        BreakIterator graphemes = graphemes(text);
        if (!graphemes.isBoundary(end)) {
            int before = graphemes.preceding(end);
            // A single grapheme exceeds the limit: at least do not split a surrogate pair.
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

    /** {@code end}, or the end of the last whole word before it, if that costs at most a third. */
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

    /** Control characters, and those that change the direction of the surrounding text. */
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

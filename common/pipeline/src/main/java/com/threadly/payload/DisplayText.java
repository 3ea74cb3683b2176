package com.threadly.payload;

/** Prepares user-written text for display to other users. */
public final class DisplayText {

    private static final int REPLACEMENT = 0xFFFD;

    private DisplayText() {}

    /** Without control characters except line breaks and tabs; a lone surrogate becomes U+FFFD. */
    public static String cleaned(String text) {
        if (isClean(text)) {
            return text;
        }
        return text.codePoints()
                .map(codePoint -> isLoneSurrogate(codePoint) ? REPLACEMENT : codePoint)
                .filter(DisplayText::isClean)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /**
     * The longest prefix of {@code text} that takes at most {@code maxBytes} in a UTF-8 JSON string; whole code points
     * only. The text must be clean.
     */
    public static String fitting(String text, int maxBytes) {
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            bytes += jsonBytes(codePoint);
            if (bytes > maxBytes) {
                return text.substring(0, i);
            }
            i += Character.charCount(codePoint);
        }
        return text;
    }

    private static int jsonBytes(int codePoint) {
        return switch (codePoint) {
            case '"', '\\', '\n', '\r', '\t' -> 2;
            default -> codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        };
    }

    /** A loop, because every message passes through it and nearly all are clean. */
    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (!isClean(text.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isClean(int codePoint) {
        return codePoint == '\n'
                || codePoint == '\r'
                || codePoint == '\t'
                || (!Character.isISOControl(codePoint) && !isLoneSurrogate(codePoint));
    }

    private static boolean isLoneSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}

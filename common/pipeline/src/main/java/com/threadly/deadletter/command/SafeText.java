package com.threadly.deadletter.command;

/** Makes text from outside harmless for a terminal: one line, no control, format or lone surrogate characters. */
final class SafeText {

    private static final int REPLACEMENT = 0xFFFD;

    private SafeText() {}

    static String of(String text) {
        return text.codePoints()
                .map(point -> isHarmless(point) ? point : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            // FORMAT includes the characters that change text direction.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}

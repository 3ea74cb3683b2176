package com.threadly.deadletter.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The position of a dead letter in its dead letter topic; written {@code P:O}. */
record Position(int partition, long offset) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

    static Position parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected PARTITION:OFFSET, such as 3:17");
        }
        return new Position(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    @Override
    public String toString() {
        return partition + ":" + offset;
    }
}

package com.threadly.deadletter.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** Where a partition cannot be read; written {@code TOPIC-PARTITION@OFFSET}. */
record UnreadablePlace(TopicPartition partition, long offset) {

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9._-]{1,249})-(\\d{1,9})@(\\d{1,18})");

    static UnreadablePlace parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected TOPIC-PARTITION@OFFSET, such as message-events-3@17");
        }
        return new UnreadablePlace(
                new TopicPartition(parts.group(1), Integer.parseInt(parts.group(2))), Long.parseLong(parts.group(3)));
    }
}

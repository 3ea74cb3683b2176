package com.threadly.runtime.kafka;

import java.util.List;

/** What an operator is told when topics do not exist. */
public final class MissingTopics {

    private MissingTopics() {}

    /** In words for a health line. Names no partitions or settings: they differ by topic, and by who runs Kafka. */
    public static String advice(List<String> missing) {
        return ("topics are missing: %s; run ./threadly topics apply, or create them with the partitions and settings that"
                        + " ./threadly topics plan shows")
                .formatted(String.join(", ", missing));
    }
}

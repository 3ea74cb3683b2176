package com.threadly.deadletter.command;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/** The newest of any number of dead letters. */
final class NewestDeadLetters {

    private static final Comparator<DeadLetter> BY_AGE = Comparator.comparing(DeadLetter::failedAt);

    private final int limit;
    private final PriorityQueue<DeadLetter> letters = new PriorityQueue<>(BY_AGE);
    private long seen;

    NewestDeadLetters(int limit) {
        this.limit = limit;
    }

    void add(DeadLetter deadLetter) {
        seen++;
        letters.add(deadLetter);
        if (letters.size() > limit) {
            letters.remove();
        }
    }

    /** The newest last. */
    List<DeadLetter> letters() {
        return letters.stream().sorted(BY_AGE).toList();
    }

    /** The count in words. */
    String count() {
        return seen > letters.size()
                ? String.format(
                        Locale.ROOT, "the newest %d of %d dead letters; --limit shows more", letters.size(), seen)
                : String.format(Locale.ROOT, "%d dead letter%s", seen, seen == 1 ? "" : "s");
    }
}

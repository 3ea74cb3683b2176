package com.threadly.notification.rebuild;

import com.threadly.events.Topic;
import com.threadly.events.Topics;
import com.threadly.notification.inbox.RebuildStore.Found;
import com.threadly.notification.rule.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of the topics a rebuild is about.
 *
 * @param topics by name
 * @param from records published before this are left out
 * @param to records published at or after this are left out
 * @param user rows of others are left out
 */
record RebuildSelection(List<String> topics, Optional<Instant> from, Optional<Instant> to, Optional<String> user) {

    /** Reads come last, when the rows that they are of are there. */
    static final List<String> WITH_ROWS = Stream.of(
                    Topics.ORDER_EVENTS, Topics.PAYMENT_EVENTS, Topics.MESSAGE_EVENTS, Topics.NOTIFICATION_READ_EVENTS)
            .map(Topic::name)
            .toList();

    RebuildSelection {
        topics = WITH_ROWS.stream().filter(topics::contains).toList();
    }

    boolean everything() {
        return from.isEmpty() && to.isEmpty() && user.isEmpty() && topics.equals(WITH_ROWS);
    }

    /** From the beginning of a digest's window on: otherwise, its first messages would be missing. */
    RebuildSelection fromWholeWindow(Duration window) {
        return new RebuildSelection(
                topics,
                from.map(time -> Instant.ofEpochMilli(
                        Math.floorDiv(time.toEpochMilli(), window.toMillis()) * window.toMillis())),
                to,
                user);
    }

    /** What the decisions ask for, of the rows that this is about. */
    Found of(List<Decision> decisions) {
        return new Found(
                decisions.stream()
                        .filter(Decision.Notify.class::isInstance)
                        .flatMap(tell -> ((Decision.Notify) tell).notifications().stream())
                        .filter(row -> isWanted(row.userId()))
                        .toList(),
                decisions.stream()
                        .filter(Decision.AddToDigest.class::isInstance)
                        .flatMap(gather -> ((Decision.AddToDigest) gather).entries().stream())
                        .filter(entry -> isWanted(entry.userId()))
                        .toList(),
                decisions.stream()
                        .filter(Decision.MarkRead.class::isInstance)
                        .map(mark -> ((Decision.MarkRead) mark).read())
                        .filter(read -> isWanted(read.userId()))
                        .toList());
    }

    private boolean isWanted(String userId) {
        return user.isEmpty() || user.get().equals(userId);
    }

    @Override
    public String toString() {
        return "topics=%s from=%s to=%s user=%s"
                .formatted(
                        String.join(",", topics),
                        from.map(Instant::toString).orElse(""),
                        to.map(Instant::toString).orElse(""),
                        user.orElse(""));
    }
}

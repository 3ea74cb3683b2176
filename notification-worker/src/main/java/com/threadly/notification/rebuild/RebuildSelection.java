package com.threadly.notification.rebuild;

import com.threadly.events.Topic;
import com.threadly.events.TopicReader;
import com.threadly.events.Topics;
import com.threadly.notification.inbox.RebuildStore.Found;
import com.threadly.notification.rule.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The selected part of the topics.
 *
 * @param topics by name
 * @param from records published before this are ignored
 * @param to records published at or after this are ignored
 * @param user rows of others are ignored
 */
record RebuildSelection(List<String> topics, Optional<Instant> from, Optional<Instant> to, Optional<String> user) {

    /** Topics that the worker reads without writing rows. */
    private static final Set<Topic<?>> WITHOUT_ROWS = Set.of(Topics.ANNOUNCEMENT_EVENTS, Topics.USER_PRESENCE);

    /** In the order of the worker's list, where reads come last: their rows exist by then. */
    static final List<String> WITH_ROWS = TopicReader.NOTIFICATION_WORKER.topics().stream()
            .filter(topic -> !WITHOUT_ROWS.contains(topic))
            .map(Topic::name)
            .toList();

    /** Always read from beginning to end: an erased user's rows never come back. */
    static final String ERASURES = Topics.ERASURE_EVENTS.name();

    RebuildSelection {
        Set<String> wanted = new HashSet<>(topics);
        wanted.add(ERASURES);
        topics = WITH_ROWS.stream().filter(wanted::contains).toList();
    }

    boolean everything() {
        return from.isEmpty() && to.isEmpty() && user.isEmpty() && topics.equals(WITH_ROWS);
    }

    /** From the start of a digest's window: otherwise, its first messages would be missing. */
    RebuildSelection fromWholeWindow(Duration window) {
        return new RebuildSelection(
                topics,
                from.map(time -> Instant.ofEpochMilli(
                        Math.floorDiv(time.toEpochMilli(), window.toMillis()) * window.toMillis())),
                to,
                user);
    }

    /** The selected rows of the decisions. */
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
                        .toList(),
                decisions.stream()
                        .filter(Decision.Erase.class::isInstance)
                        .map(erase -> ((Decision.Erase) erase).erasure())
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

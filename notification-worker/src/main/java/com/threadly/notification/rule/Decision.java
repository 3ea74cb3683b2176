package com.threadly.notification.rule;

import com.threadly.pusher.PushEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** What to do for an event. */
public sealed interface Decision {

    /**
     * Maximum {@link #rows} that decisions handled together may write: as many as one message may, so that each fits.
     * Decided, stored and unpushed rows are in the heap.
     */
    int MAX_ROWS_TOGETHER = MessageRule.MAX_RECIPIENTS;

    /** The decisions of {@code rule} for the first of {@code records}, as many as fit together, at least one. */
    static <R> List<Decision> together(List<R> records, Function<? super R, Decision> rule) {
        var decisions = new ArrayList<Decision>();
        int rows = 0;
        for (R record : records) {
            Decision decision = rule.apply(record);
            rows += decision.rows();
            if (rows > MAX_ROWS_TOGETHER && !decisions.isEmpty()) {
                return decisions;
            }
            decisions.add(decision);
        }
        return decisions;
    }

    /** The number of rows that it writes. */
    default int rows() {
        return switch (this) {
            case Notify tell -> tell.notifications().size();
            case AddToDigest gather -> gather.entries().size();
            case MarkRead mark -> mark.read().size();
            case Announce _, RecordPresence _, Erase _, Skip _, Invalid _ -> 0;
        };
    }

    /** Whose rows it writes, and whom these quote. */
    default Stream<String> users() {
        return switch (this) {
            case Notify tell -> tell.notifications().stream().map(Notification::userId);
            case AddToDigest gather ->
                gather.entries().stream().flatMap(entry -> Stream.of(entry.userId(), entry.senderId()));
            case MarkRead mark -> Stream.of(mark.read().userId());
            case RecordPresence noted -> Stream.of(noted.presence().userId());
            case Announce _, Erase _, Skip _, Invalid _ -> Stream.empty();
        };
    }

    /** What is left of it when nothing of {@code erased} users is kept. */
    default Decision without(Set<String> erased) {
        return switch (this) {
            case Notify tell -> {
                List<Notification> kept = Erasure.without(erased, tell.notifications());
                yield kept.isEmpty() ? userErased() : new Notify(kept, tell.broadcasts());
            }
            case AddToDigest gather -> {
                List<DigestEntry> kept = Erasure.withoutWords(erased, gather.entries());
                yield kept.isEmpty() ? userErased() : new AddToDigest(kept);
            }
            case MarkRead mark -> erased.contains(mark.read().userId()) ? userErased() : mark;
            case RecordPresence noted -> erased.contains(noted.presence().userId()) ? userErased() : noted;
            case Announce _, Erase _, Skip _, Invalid _ -> this;
        };
    }

    private static Decision userErased() {
        return new Skip("user_erased");
    }

    /**
     * Notify users. Broadcasts are pushed with the notifications and, like them, once: there is no broadcast without a
     * notification.
     */
    record Notify(List<Notification> notifications, List<PushEvent> broadcasts) implements Decision {
        public Notify {
            notifications = List.copyOf(notifications);
            broadcasts = List.copyOf(broadcasts);
        }
    }

    /** Add a message to the digest of each recipient. */
    record AddToDigest(List<DigestEntry> entries) implements Decision {
        public AddToDigest {
            entries = List.copyOf(entries);
        }
    }

    /** Push to public channels, without a row per user. */
    record Announce(UUID eventId, PushEvent broadcast) implements Decision {}

    /** A user has read something, or marked it otherwise; notify their other tabs and devices. */
    record MarkRead(UUID eventId, ReadMark read) implements Decision {}

    /** A user came online or went offline; push nothing. */
    record RecordPresence(Presence presence) implements Decision {}

    /** Keep nothing of a user; push nothing. */
    record Erase(Erasure erasure) implements Decision {}

    /** Nothing to do, by rule. */
    record Skip(String reason) implements Decision {}

    /** A field has an unusable value. */
    record Invalid(String problem) implements Decision {}
}

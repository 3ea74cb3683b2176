package com.threadly.notification.rule;

import com.threadly.pusher.PushEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

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
            case MarkRead mark -> mark.read().notifications().size();
            case Announce _, RecordPresence _, Skip _, Invalid _ -> 0;
        };
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

    /** A user has read something; notify their other tabs and devices. */
    record MarkRead(UUID eventId, ReadMark read) implements Decision {}

    /** A user came online or went offline; push nothing. */
    record RecordPresence(Presence presence) implements Decision {}

    /** Nothing to do, by rule. */
    record Skip(String reason) implements Decision {}

    /** A field has an unusable value. */
    record Invalid(String problem) implements Decision {}
}

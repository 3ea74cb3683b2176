package com.threadly.notification.rule;

import com.threadly.pusher.PushEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** What an event asks for. */
public sealed interface Decision {

    /**
     * What decisions that are carried out together may write, in {@link #rows}: as much as one message may, so that
     * each fits. What is decided, stored and about to be pushed is in the heap.
     */
    int MAX_ROWS_TOGETHER = MessageRule.MAX_RECIPIENTS;

    /** What {@code rule} decides for the first of {@code records}, at least one: for as many as fit together. */
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

    /** How many rows it writes. */
    default int rows() {
        return switch (this) {
            case Notify tell -> tell.notifications().size();
            case AddToDigest gather -> gather.entries().size();
            case MarkRead mark -> mark.read().notificationIds().size();
            case Announce _, RecordPresence _, Skip _, Invalid _ -> 0;
        };
    }

    /**
     * People are told. The broadcasts go out with the notifications and are, like them, pushed once: there is no
     * broadcast without a notification.
     */
    record Notify(List<Notification> notifications, List<PushEvent> broadcasts) implements Decision {
        public Notify {
            notifications = List.copyOf(notifications);
            broadcasts = List.copyOf(broadcasts);
        }
    }

    /** A message joins the digest of each of its recipients. */
    record AddToDigest(List<DigestEntry> entries) implements Decision {
        public AddToDigest {
            entries = List.copyOf(entries);
        }
    }

    /** Everyone is told, without a row a user. */
    record Announce(UUID eventId, PushEvent broadcast) implements Decision {}

    /** A user has read something; their other tabs and devices are told. */
    record MarkRead(UUID eventId, ReadMark read) implements Decision {}

    /** Somebody came or went; nobody is told. */
    record RecordPresence(Presence presence) implements Decision {}

    /** Nothing to do, by rule. */
    record Skip(String reason) implements Decision {}

    /** A field has a value that nothing can be done with. */
    record Invalid(String problem) implements Decision {}
}

package com.threadly.notification;

import com.threadly.notification.inbox.DigestStore;
import com.threadly.notification.inbox.DigestSuppression;
import com.threadly.notification.inbox.NotificationStore;
import com.threadly.notification.inbox.PushedEvents;
import com.threadly.notification.inbox.ReadState;
import com.threadly.notification.rule.Decision;
import com.threadly.notification.rule.Rules;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.Handler;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.runtime.retry.UnavailableException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Applies the rules, stores in few statements per batch, and returns what is left to push. */
final class NotificationHandler implements Handler {

    private final Rules rules;
    private final NotificationStore notifications;
    private final DigestStore digests;
    private final ReadState reads;
    private final PushedEvents pushedEvents;
    private final DigestSuppression suppression;
    private final Consumer<Collection<String>> touched;
    private final PushPlanner planner;

    /**
     * A handler.
     *
     * @param touched receives the users whose rows have been written
     */
    NotificationHandler(
            Rules rules,
            NotificationStore notifications,
            DigestStore digests,
            ReadState reads,
            PushedEvents pushedEvents,
            DigestSuppression suppression,
            Consumer<Collection<String>> touched,
            PushPlanner planner) {
        this.rules = rules;
        this.notifications = notifications;
        this.digests = digests;
        this.reads = reads;
        this.pushedEvents = pushedEvents;
        this.suppression = suppression;
        this.touched = touched;
        this.planner = planner;
    }

    @Override
    public List<RecordOutcome> handle(List<DecodedRecord> records) throws UnavailableException {
        try (var _ = planner.reading()) {
            return stored(records);
        }
    }

    private List<RecordOutcome> stored(List<DecodedRecord> records) throws UnavailableException {
        List<Decision> decisions =
                Decision.together(records, record -> rules.decide(record.event(), record.statedAt()));
        // A batch is of one topic, so at most one of these kinds has work.
        var stored = notifications.store(of(decisions, Decision.Notify.class)
                .flatMap(tell -> tell.notifications().stream())
                .toList());
        var grown = digests.gather(of(decisions, Decision.AddToDigest.class)
                .flatMap(gather -> gather.entries().stream())
                .toList());
        touched.accept(Stream.concat(stored.values().stream(), grown.values().stream())
                .map(row -> row.notification().userId())
                .toList());
        var settled = reads.amongStored(
                Stream.concat(stored.values().stream(), grown.values().stream()).toList());
        settled.retold().forEach((id, row) -> grown.computeIfPresent(id, (_, before) -> before.retold(row)));
        var quiet = suppression.on(grown.keySet());
        suppression.note(of(decisions, Decision.RecordPresence.class)
                .map(Decision.RecordPresence::presence)
                .toList());
        var unread = reads.note(of(decisions, Decision.MarkRead.class)
                .map(Decision.MarkRead::read)
                .toList());
        var pushed = pushedEvents.remember(withoutRow(decisions));
        return planner.of(
                records.subList(0, decisions.size()),
                decisions,
                new PushPlanner.StoredBatch(stored, grown, settled.read(), quiet, pushed, unread));
    }

    private static List<UUID> withoutRow(List<Decision> decisions) {
        return Stream.concat(
                        of(decisions, Decision.Announce.class).map(Decision.Announce::eventId),
                        of(decisions, Decision.MarkRead.class).map(Decision.MarkRead::eventId))
                .toList();
    }

    private static <D extends Decision> Stream<D> of(List<Decision> decisions, Class<D> kind) {
        return decisions.stream().filter(kind::isInstance).map(kind::cast);
    }
}

package com.threadly.notification;

import com.threadly.notification.inbox.DigestStore;
import com.threadly.notification.inbox.DigestSuppression;
import com.threadly.notification.inbox.ErasedUsers;
import com.threadly.notification.inbox.NotificationStore;
import com.threadly.notification.inbox.PushedEvents;
import com.threadly.notification.inbox.ReadState;
import com.threadly.notification.rule.Decision;
import com.threadly.notification.rule.DigestEntry;
import com.threadly.notification.rule.Rules;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.Handler;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.runtime.retry.UnavailableException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Applies the rules, stores in few statements per batch, and returns what is left to push. */
final class NotificationHandler implements Handler {

    private final Rules rules;
    private final NotificationStore notifications;
    private final DigestStore digests;
    private final ReadState reads;
    private final PushedEvents pushedEvents;
    private final DigestSuppression suppression;
    private final ErasedUsers erasedUsers;
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
            ErasedUsers erasedUsers,
            Consumer<Collection<String>> touched,
            PushPlanner planner) {
        this.rules = rules;
        this.notifications = notifications;
        this.digests = digests;
        this.reads = reads;
        this.pushedEvents = pushedEvents;
        this.suppression = suppression;
        this.erasedUsers = erasedUsers;
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
        List<Decision> asked = Decision.together(records, record -> rules.decide(record.event(), record.statedAt()));
        List<Decision> decisions = without(erasedUsers.known(usersOf(asked)), asked);
        // A batch is of one topic, so at most one of these kinds has work.
        var stored = notifications.store(of(decisions, Decision.Notify.class)
                .flatMap(tell -> tell.notifications().stream())
                .toList());
        List<DigestEntry> entries = of(decisions, Decision.AddToDigest.class)
                .flatMap(gather -> gather.entries().stream())
                .toList();
        var grown = digests.gather(entries);
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
        var counts = reads.note(of(decisions, Decision.MarkRead.class)
                .map(Decision.MarkRead::read)
                .toList());
        erasedUsers.erase(
                of(decisions, Decision.Erase.class).map(Decision.Erase::erasure).toList());
        // Once all rows are written.
        var obeyed = erasedUsers.obey(usersOf(decisions), entries);
        obeyed.retold().forEach((id, row) -> grown.computeIfPresent(id, (_, before) -> before.retold(row)));
        List<Decision> left = without(obeyed.users(), decisions);
        var pushed = pushedEvents.remember(withoutRow(left));
        return planner.of(
                records.subList(0, decisions.size()),
                left,
                new PushPlanner.StoredBatch(stored, grown, settled.states(), quiet, pushed, counts));
    }

    private static Set<String> usersOf(List<Decision> decisions) {
        return decisions.stream().flatMap(Decision::users).collect(Collectors.toSet());
    }

    private static List<Decision> without(Set<String> erased, List<Decision> decisions) {
        return erased.isEmpty()
                ? decisions
                : decisions.stream().map(decision -> decision.without(erased)).toList();
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

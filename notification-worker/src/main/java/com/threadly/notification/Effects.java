package com.threadly.notification;

import com.threadly.common.pipeline.Effect;
import com.threadly.common.pipeline.Incoming;
import com.threadly.common.push.PushEvent;
import com.threadly.notification.inbox.Mark;
import com.threadly.notification.inbox.PushedMarker;
import com.threadly.notification.inbox.Stored;
import com.threadly.notification.rule.Decision;
import com.threadly.notification.rule.DigestEntry;
import com.threadly.notification.rule.Notification;
import com.threadly.notification.rule.Payloads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What each record of a batch is to push, now that all is stored: what is neither pushed nor on its way. */
final class Effects {

    /** The rows that a batch touched, as they are now. */
    record Rows(Map<UUID, Stored> notifications, Map<UUID, Stored> digests, Set<UUID> pushedBroadcasts) {}

    private static final Effect DUPLICATE = new Effect.Skip("duplicate");

    private static final Effect PUSHED_LATER = new Effect.Skip("told_by_later_message");

    private final Payloads payloads;
    private final InFlight inFlight;
    private final PushedMarker marker;

    Effects(Payloads payloads, InFlight inFlight, PushedMarker marker) {
        this.payloads = payloads;
        this.inFlight = inFlight;
        this.marker = marker;
    }

    List<Effect> of(List<Incoming> records, List<Decision> decisions, Rows rows) {
        Map<UUID, Integer> lastOf = lastOfEachDigest(decisions);
        var effects = new ArrayList<Effect>(records.size());
        for (int i = 0; i < records.size(); i++) {
            int position = i;
            Incoming record = records.get(i);
            effects.add(
                    switch (decisions.get(i)) {
                        case Decision.Skip(String reason) -> new Effect.Skip(reason);
                        case Decision.Invalid(String problem) -> new Effect.Invalid(problem);
                        case Decision.Tell tell -> told(record, tell, rows.notifications());
                        case Decision.Announce announce -> announced(record, announce, rows.pushedBroadcasts());
                        case Decision.Gather gather ->
                            gathered(record, gather, id -> Objects.equals(lastOf.get(id), position), rows.digests());
                    });
        }
        return effects;
    }

    private Effect told(Incoming record, Decision.Tell tell, Map<UUID, Stored> rows) {
        return pushed(
                tell.broadcasts(),
                unpushed(
                        record,
                        tell.notifications().stream().map(Notification::id).map(id -> row(rows, id))));
    }

    private Effect gathered(
            Incoming record, Decision.Gather gather, Predicate<UUID> pushedHere, Map<UUID, Stored> rows) {
        List<UUID> here = gather.entries().stream()
                .map(DigestEntry::notificationId)
                .filter(pushedHere)
                .toList();
        return here.isEmpty()
                ? PUSHED_LATER
                : pushed(List.of(), unpushed(record, here.stream().map(id -> row(rows, id))));
    }

    private Effect announced(Incoming record, Decision.Announce announce, Set<UUID> pushed) {
        var mark = new Mark.OfBroadcast(announce.eventId());
        if (pushed.contains(announce.eventId()) || !inFlight.claim(mark, record)) {
            return DUPLICATE;
        }
        return push(List.of(announce.broadcast()), List.of(mark));
    }

    private List<Stored> unpushed(Incoming record, Stream<Stored> rows) {
        return rows.filter(row -> !row.pushed() && inFlight.claim(mark(row), record))
                .toList();
    }

    private Effect pushed(List<PushEvent> broadcasts, List<Stored> rows) {
        if (rows.isEmpty()) {
            return DUPLICATE;
        }
        var events = new ArrayList<>(broadcasts);
        rows.forEach(row -> events.add(payloads.notification(row.notification(), row.read())));
        return push(events, rows.stream().map(Effects::mark).toList());
    }

    private Effect push(List<PushEvent> events, List<Mark> marks) {
        return new Effect.Push(events, () -> marker.add(marks), () -> inFlight.release(marks));
    }

    /** A digest that several records of the batch belong to is pushed once, as it is after all of them. */
    private static Map<UUID, Integer> lastOfEachDigest(List<Decision> decisions) {
        var last = new HashMap<UUID, Integer>();
        for (int i = 0; i < decisions.size(); i++) {
            if (decisions.get(i) instanceof Decision.Gather(List<DigestEntry> entries)) {
                for (DigestEntry entry : entries) {
                    last.put(entry.notificationId(), i);
                }
            }
        }
        return last;
    }

    private static Mark mark(Stored row) {
        return new Mark.OfNotification(
                row.notification().id(), row.notification().revision());
    }

    private static Stored row(Map<UUID, Stored> rows, UUID id) {
        return Objects.requireNonNull(rows.get(id), "a row that was written is not known");
    }
}

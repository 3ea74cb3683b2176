package com.threadly.notification;

import com.threadly.notification.inbox.PushMark;
import com.threadly.notification.inbox.PushMarkWriter;
import com.threadly.notification.inbox.StoredNotification;
import com.threadly.notification.rule.Decision;
import com.threadly.notification.rule.DigestEntry;
import com.threadly.notification.rule.InboxCounts;
import com.threadly.notification.rule.Notification;
import com.threadly.notification.rule.PushEvents;
import com.threadly.notification.rule.ReadMark;
import com.threadly.notification.rule.RowStates;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.pusher.PushEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What each record of a stored batch must push: events neither pushed nor in flight. */
final class PushPlanner {

    /**
     * The current state of what a batch touched.
     *
     * @param states of rows that their users have marked
     * @param quiet the ids of digests whose users need no notification
     * @param pushedEvents pushed events without a row
     * @param counts of users who marked something
     */
    record StoredBatch(
            Map<UUID, StoredNotification> notifications,
            Map<UUID, StoredNotification> digests,
            Map<UUID, RowStates> states,
            Set<UUID> quiet,
            Set<UUID> pushedEvents,
            Map<String, InboxCounts> counts) {}

    private static final RecordOutcome DUPLICATE = new RecordOutcome.Skip("duplicate");

    private static final RecordOutcome TOLD_BY_ANOTHER = new RecordOutcome.Skip("told_by_another_message");

    private static final RecordOutcome NOTED = new RecordOutcome.Skip("presence_noted");

    private static final RecordOutcome ERASURE_NOTED = new RecordOutcome.Skip("erasure_noted");

    private final PushEvents payloads;
    private final InFlight inFlight;
    private final PushMarkWriter marker;

    PushPlanner(PushEvents payloads, InFlight inFlight, PushMarkWriter marker) {
        this.payloads = payloads;
        this.inFlight = inFlight;
        this.marker = marker;
    }

    /** Keep it open from before reading the rows until their pushes are planned. */
    InFlight.Reading reading() {
        return inFlight.reading();
    }

    List<RecordOutcome> of(List<DecodedRecord> records, List<Decision> decisions, StoredBatch rows) {
        inFlight.forget(Stream.concat(rows.notifications().values().stream(), rows.digests().values().stream())
                .filter(StoredNotification::fresh)
                .map(row -> row.notification().id()));
        Map<UUID, Integer> youngestOf = youngestOfEachDigest(records, decisions);
        var effects = new ArrayList<RecordOutcome>(records.size());
        for (int i = 0; i < records.size(); i++) {
            int position = i;
            DecodedRecord record = records.get(i);
            effects.add(
                    switch (decisions.get(i)) {
                        case Decision.Skip(String reason) -> new RecordOutcome.Skip(reason);
                        case Decision.Invalid(String problem) -> new RecordOutcome.Invalid(problem);
                        case Decision.Notify tell -> notified(record, tell, rows);
                        case Decision.RecordPresence _ -> NOTED;
                        case Decision.Erase _ -> ERASURE_NOTED;
                        case Decision.Announce(UUID eventId, PushEvent broadcast) ->
                            once(record, eventId, List.of(broadcast), rows.pushedEvents());
                        case Decision.MarkRead(UUID eventId, ReadMark read) ->
                            once(
                                    record,
                                    eventId,
                                    payloads.marks(read, rows.counts().getOrDefault(read.userId(), InboxCounts.NONE)),
                                    rows.pushedEvents());
                        case Decision.AddToDigest gather ->
                            gathered(record, gather, id -> Objects.equals(youngestOf.get(id), position), rows);
                    });
        }
        return effects;
    }

    private RecordOutcome notified(DecodedRecord record, Decision.Notify tell, StoredBatch rows) {
        return pushed(
                tell.broadcasts(),
                unpushed(
                        record,
                        tell.notifications().stream().map(Notification::id).map(id -> row(rows.notifications(), id))),
                rows);
    }

    private RecordOutcome gathered(
            DecodedRecord record, Decision.AddToDigest gather, Predicate<UUID> pushedHere, StoredBatch rows) {
        List<UUID> here = gather.entries().stream()
                .map(DigestEntry::notificationId)
                .filter(pushedHere)
                .toList();
        return here.isEmpty()
                ? TOLD_BY_ANOTHER
                : pushed(List.of(), unpushed(record, here.stream().map(id -> row(rows.digests(), id))), rows);
    }

    private RecordOutcome once(DecodedRecord record, UUID eventId, List<PushEvent> pushes, Set<UUID> pushed) {
        var mark = new PushMark.OfEvent(eventId);
        if (pushed.contains(eventId) || !inFlight.claim(mark, record)) {
            return DUPLICATE;
        }
        return push(pushes, List.of(mark));
    }

    private List<StoredNotification> unpushed(DecodedRecord record, Stream<StoredNotification> rows) {
        return rows.filter(row -> !row.pushed() && inFlight.claim(mark(row), record))
                .toList();
    }

    private RecordOutcome pushed(List<PushEvent> broadcasts, List<StoredNotification> unpushed, StoredBatch rows) {
        if (unpushed.isEmpty()) {
            return DUPLICATE;
        }
        var events = new ArrayList<>(broadcasts);
        for (StoredNotification row : unpushed) {
            UUID id = row.notification().id();
            RowStates states = rows.states().getOrDefault(id, RowStates.NEW);
            if (!rows.quiet().contains(id) && !states.deleted()) {
                events.add(payloads.notification(row.notification(), states));
            }
        }
        return push(events, unpushed.stream().map(PushPlanner::mark).toList());
    }

    private RecordOutcome push(List<PushEvent> events, List<PushMark> marks) {
        return new RecordOutcome.Push(
                events,
                done -> marker.add(marks, () -> {
                    inFlight.marked(marks);
                    done.run();
                }),
                () -> inFlight.release(marks));
    }

    /**
     * A digest to which several records of the batch belong is pushed once, in its final state, and for as long as the
     * youngest of them is young enough.
     */
    private static Map<UUID, Integer> youngestOfEachDigest(List<DecodedRecord> records, List<Decision> decisions) {
        var youngest = new HashMap<UUID, Integer>();
        for (int i = 0; i < decisions.size(); i++) {
            if (decisions.get(i) instanceof Decision.AddToDigest(List<DigestEntry> entries)) {
                for (DigestEntry entry : entries) {
                    youngest.merge(
                            entry.notificationId(),
                            i,
                            (one, later) -> timestamp(records, later).isBefore(timestamp(records, one)) ? one : later);
                }
            }
        }
        return youngest;
    }

    private static Instant timestamp(List<DecodedRecord> records, int position) {
        return records.get(position).timestamp();
    }

    private static PushMark mark(StoredNotification row) {
        return new PushMark.OfNotification(
                row.notification().id(), row.notification().revision());
    }

    private static StoredNotification row(Map<UUID, StoredNotification> rows, UUID id) {
        return Objects.requireNonNull(rows.get(id), "a written row is missing");
    }
}

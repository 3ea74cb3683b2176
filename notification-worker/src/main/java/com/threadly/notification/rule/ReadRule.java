package com.threadly.notification.rule;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.NotificationState;
import com.threadly.events.NotificationsRead;
import com.threadly.notification.rule.ReadMark.MarkedState;
import com.threadly.notification.rule.ReadMark.Shown;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;

/** A user read some notifications, or marked them otherwise; or, in events from before revisions, read all up to a time. */
final class ReadRule {

    /** In one event. The gateway names 1,000 at most; more would not fit into a statement's time. */
    static final int MAX_IDS = 10_000;

    private ReadRule() {}

    static Decision decide(NotificationsRead event) {
        ChannelNames.user("userId", event.getUserId());
        requireFew("notificationIds", event.getNotificationIds());
        requireFew("markedIds", event.getMarkedIds());
        List<Shown> notifications = notifications(event.getNotificationIds(), event.getRevisions());
        List<MarkedState> marked = marked(event);
        // Future notifications cannot have been read.
        Optional<Instant> upTo =
                event.getAllUpTo().map(time -> time.isBefore(event.getReadAt()) ? time : event.getReadAt());
        if (notifications.isEmpty() && upTo.isEmpty() && marked.isEmpty()) {
            return new Decision.Skip("nothing_read");
        }
        return new Decision.MarkRead(
                event.getEventId(), new ReadMark(event.getUserId(), notifications, upTo, marked, event.getReadAt()));
    }

    /** Each once, in its latest revision. */
    private static List<Shown> notifications(List<String> ids, List<Integer> revisions) {
        if (!revisions.isEmpty()) {
            requireAsMany("revisions", revisions, "notificationIds", ids);
        }
        Map<UUID, Integer> latest = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            latest.merge(
                    id("notificationIds", ids.get(i)),
                    revisions.isEmpty() ? Shown.BY_TIME : atLeast(1, "revisions", revisions.get(i)),
                    Math::max);
        }
        return latest.entrySet().stream()
                .map(entry -> new Shown(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Each once, as it was marked last; none in a state that this version does not know. */
    private static List<MarkedState> marked(NotificationsRead event) {
        List<String> ids = event.getMarkedIds();
        requireAsMany("markedRevisions", event.getMarkedRevisions(), "markedIds", ids);
        requireAsMany("markedRounds", event.getMarkedRounds(), "markedIds", ids);
        NotificationState state = event.getMarkedAs().orElse(NotificationState.UNKNOWN);
        if (state == NotificationState.UNKNOWN) {
            return List.of();
        }
        int lowest = canBeTakenBack(state) ? MarkedState.TAKEN_BACK : 1;
        Map<UUID, MarkedState> last = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            UUID id = id("markedIds", ids.get(i));
            int revision = atLeast(
                    lowest, "markedRevisions", event.getMarkedRevisions().get(i));
            int round = atLeast(
                    revision == MarkedState.TAKEN_BACK ? 1 : 0,
                    "markedRounds",
                    event.getMarkedRounds().get(i));
            if (round > 0 && !canBeTakenBack(state)) {
                throw new InvalidFieldException("markedRounds", "contains a value above 0 for a state that stays");
            }
            last.merge(
                    id,
                    new MarkedState(id, state, round, revision),
                    BinaryOperator.maxBy(Comparator.comparingLong(MarkedState::position)));
        }
        return List.copyOf(last.values());
    }

    private static boolean canBeTakenBack(NotificationState state) {
        return switch (state) {
            case READ, ARCHIVED -> true;
            case SEEN, DELETED, UNKNOWN -> false;
        };
    }

    private static void requireAsMany(String field, List<?> values, String idsField, List<String> ids) {
        if (values.size() != ids.size()) {
            throw new InvalidFieldException(field, "are not as many as " + idsField);
        }
    }

    private static void requireFew(String field, List<String> ids) {
        if (ids.size() > MAX_IDS) {
            throw new InvalidFieldException(
                    field, String.format(Locale.ROOT, "names more than %d notifications", MAX_IDS));
        }
    }

    private static int atLeast(int lowest, String field, int value) {
        if (value < lowest) {
            throw new InvalidFieldException(field, "contains a value below " + lowest);
        }
        return value;
    }

    /** Stricter than {@link UUID#fromString}, which also accepts parts that are too short. */
    private static UUID id(String field, String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // The message below covers both.
        }
        throw new InvalidFieldException(field, "contains a value that is not a UUID");
    }
}

package com.threadly.notification.rule;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.NotificationsRead;
import com.threadly.notification.rule.ReadMark.Shown;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A user read some notifications, or, in events from before revisions, all up to a time. */
final class ReadRule {

    private ReadRule() {}

    static Decision decide(NotificationsRead event) {
        ChannelNames.user("userId", event.getUserId());
        List<Shown> notifications = notifications(event.getNotificationIds(), event.getRevisions());
        // Future notifications cannot have been read.
        Optional<Instant> upTo =
                event.getAllUpTo().map(time -> time.isBefore(event.getReadAt()) ? time : event.getReadAt());
        if (notifications.isEmpty() && upTo.isEmpty()) {
            return new Decision.Skip("nothing_read");
        }
        return new Decision.MarkRead(
                event.getEventId(), new ReadMark(event.getUserId(), notifications, upTo, event.getReadAt()));
    }

    /** Each once, in its latest revision. */
    private static List<Shown> notifications(List<String> ids, List<Integer> revisions) {
        if (!revisions.isEmpty() && revisions.size() != ids.size()) {
            throw new InvalidFieldException("revisions", "are not as many as notificationIds");
        }
        Map<UUID, Integer> latest = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            latest.merge(id(ids.get(i)), revisions.isEmpty() ? Shown.BY_TIME : revision(revisions.get(i)), Math::max);
        }
        return latest.entrySet().stream()
                .map(entry -> new Shown(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static int revision(int revision) {
        if (revision < 1) {
            throw new InvalidFieldException("revisions", "contains a value below 1");
        }
        return revision;
    }

    /** Stricter than {@link UUID#fromString}, which also accepts parts that are too short. */
    private static UUID id(String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // The message below covers both.
        }
        throw new InvalidFieldException("notificationIds", "contains a value that is not a UUID");
    }
}

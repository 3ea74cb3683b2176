package com.threadly.notification.rule;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.NotificationsRead;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A user read some notifications, or all up to a time. */
final class ReadRule {

    private ReadRule() {}

    static Decision decide(NotificationsRead event) {
        ChannelNames.user("userId", event.getUserId());
        List<UUID> ids =
                event.getNotificationIds().stream().map(ReadRule::id).distinct().toList();
        // Future notifications cannot have been read.
        Optional<Instant> upTo =
                event.getAllUpTo().map(time -> time.isBefore(event.getReadAt()) ? time : event.getReadAt());
        if (ids.isEmpty() && upTo.isEmpty()) {
            return new Decision.Skip("nothing_read");
        }
        return new Decision.MarkRead(event.getEventId(), new ReadMark(event.getUserId(), ids, upTo, event.getReadAt()));
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

package com.threadly.notification.rule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a user has read.
 *
 * @param notificationIds these, as they were at {@code readAt}
 * @param upTo everything up to then; never after {@code readAt}
 */
public record ReadMark(String userId, List<UUID> notificationIds, Optional<Instant> upTo, Instant readAt) {

    public ReadMark {
        notificationIds = List.copyOf(notificationIds);
    }
}

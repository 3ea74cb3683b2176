package com.threadly.notification.rule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a user has read.
 *
 * @param notificationIds these, in their state at {@code readAt}
 * @param upTo everything up to this time; never after {@code readAt}
 */
public record ReadMark(String userId, List<UUID> notificationIds, Optional<Instant> upTo, Instant readAt) {

    public ReadMark {
        notificationIds = List.copyOf(notificationIds);
    }
}

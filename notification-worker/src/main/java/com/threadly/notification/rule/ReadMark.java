package com.threadly.notification.rule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a user has read.
 *
 * @param notifications these, as they were shown
 * @param upTo everything up to this time, in a mark from before revisions; never after {@code readAt}
 */
public record ReadMark(String userId, List<Shown> notifications, Optional<Instant> upTo, Instant readAt) {

    /**
     * A notification that was read.
     *
     * @param revision that was shown; {@link #BY_TIME} in a mark from before revisions, which means what had happened
     *     at {@code readAt}
     */
    public record Shown(UUID id, int revision) {

        /** Below every revision, so that it never counts as one. */
        public static final int BY_TIME = 0;
    }

    public ReadMark {
        notifications = List.copyOf(notifications);
    }

    /** The ids of its notifications. */
    public List<UUID> notificationIds() {
        return notifications.stream().map(Shown::id).toList();
    }

    /** The revisions of its notifications, in the order of their ids; empty in a mark from before revisions. */
    public List<Integer> revisions() {
        return notifications.stream()
                .map(Shown::revision)
                .filter(revision -> revision != Shown.BY_TIME)
                .toList();
    }
}

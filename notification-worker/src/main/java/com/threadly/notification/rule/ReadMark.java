package com.threadly.notification.rule;

import com.threadly.events.NotificationState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a user has read, or marked otherwise.
 *
 * @param notifications these were read, as they were shown
 * @param upTo everything up to this time, in a mark from before revisions; never after {@code readAt}
 * @param marked these were marked otherwise
 */
public record ReadMark(
        String userId, List<Shown> notifications, Optional<Instant> upTo, List<MarkedState> marked, Instant readAt) {

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

    /**
     * A state that was set or taken back. Of two marks of one state, the one of the higher round counts, then the one of
     * the higher revision.
     *
     * @param round how often the state had been taken back
     * @param revision that was shown; {@link #TAKEN_BACK} takes the state back
     */
    public record MarkedState(UUID id, NotificationState state, int round, int revision) {

        /** Below every revision. */
        public static final int TAKEN_BACK = 0;

        /** Whether it takes the state back. */
        public boolean isTakenBack() {
            return revision == TAKEN_BACK;
        }

        /** In this order the marks of one state replace each other. */
        public long position() {
            return (long) round << Integer.SIZE | revision;
        }
    }

    public ReadMark {
        notifications = List.copyOf(notifications);
        marked = List.copyOf(marked);
    }

    /** The number of notifications that it names. */
    public int size() {
        return notifications.size() + marked.size();
    }

    /** All that it marks as read, in any round; those of a mark from before revisions with {@link Shown#BY_TIME}. */
    public List<Shown> read() {
        return Stream.concat(
                        notifications.stream(),
                        marked.stream()
                                .filter(one -> one.state() == NotificationState.READ && !one.isTakenBack())
                                .map(one -> new Shown(one.id(), one.revision())))
                .toList();
    }
}

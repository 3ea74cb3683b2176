package com.threadly.notification.inbox;

import java.util.UUID;

/** What Pusher has acknowledged. */
public sealed interface PushMark {

    UUID id();

    /** A notification in one revision; it may have grown since, and then stays to be pushed. */
    record OfNotification(UUID id, int revision) implements PushMark {}

    /** An event that has no row, such as an announcement. */
    record OfEvent(UUID id) implements PushMark {}
}

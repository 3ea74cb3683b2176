package com.threadly.notification.inbox;

import java.util.UUID;

/** An acknowledged push. */
public sealed interface PushMark {

    UUID id();

    /** A notification in one revision; if it has grown since, it must be pushed again. */
    record OfNotification(UUID id, int revision) implements PushMark {}

    /** An event without a row, such as an announcement. */
    record OfEvent(UUID id) implements PushMark {}
}

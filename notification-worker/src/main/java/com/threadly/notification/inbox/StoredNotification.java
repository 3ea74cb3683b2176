package com.threadly.notification.inbox;

import com.threadly.notification.rule.Notification;

/**
 * A row after a write.
 *
 * @param fresh whether that write added it
 * @param pushed whether Pusher has acknowledged it in this revision
 */
public record StoredNotification(Notification notification, boolean fresh, boolean pushed) {

    static StoredNotification fresh(Notification notification) {
        return new StoredNotification(notification, true, false);
    }

    /** This row after another write, which returned {@code later}. */
    StoredNotification then(StoredNotification later) {
        return new StoredNotification(later.notification(), fresh, later.pushed());
    }

    /** This row, which tells of less by now: more messages are read, or a sender was erased. */
    public StoredNotification retold(Notification now) {
        return new StoredNotification(now, fresh, pushed && now.revision() == notification.revision());
    }

    static StoredNotification known(Notification notification, boolean pushed) {
        return new StoredNotification(notification, false, pushed);
    }
}

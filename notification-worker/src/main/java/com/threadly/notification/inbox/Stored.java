package com.threadly.notification.inbox;

import com.threadly.notification.rule.Notification;

/**
 * A row as it is after a write.
 *
 * @param pushed whether Pusher has acknowledged it in this revision
 */
public record Stored(Notification notification, boolean pushed) {

    static Stored fresh(Notification notification) {
        return new Stored(notification, false);
    }
}

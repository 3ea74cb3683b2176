package com.threadly.notification.inbox;

import com.threadly.notification.rule.Notification;

/**
 * A row as it is after a write.
 *
 * @param fresh whether that write added it
 * @param pushed whether Pusher has acknowledged it in this revision
 */
public record Stored(Notification notification, boolean fresh, boolean pushed) {

    static Stored fresh(Notification notification) {
        return new Stored(notification, true, false);
    }

    /** This row after another write, which gave {@code later}. */
    Stored then(Stored later) {
        return new Stored(later.notification(), fresh, later.pushed());
    }

    static Stored known(Notification notification, boolean pushed) {
        return new Stored(notification, false, pushed);
    }
}

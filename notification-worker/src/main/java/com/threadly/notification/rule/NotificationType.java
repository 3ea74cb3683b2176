package com.threadly.notification.rule;

import java.util.Locale;

/** The type of a notification; clients choose icon and link by it. */
public enum NotificationType {
    ORDER,
    MESSAGE,
    PAYMENT,
    SYSTEM;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As in the payload and the table. */
    public String text() {
        return text;
    }
}

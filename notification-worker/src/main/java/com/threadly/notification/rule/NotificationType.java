package com.threadly.notification.rule;

import java.util.Locale;

/** What a notification is about; clients choose icon and link by it. */
public enum NotificationType {
    ORDER,
    MESSAGE,
    PAYMENT,
    SYSTEM;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As the payload and the table spell it. */
    public String text() {
        return text;
    }
}

package com.threadly.notification.rule;

/** What its user has made of a notification, in its present revision. */
public record RowStates(boolean read, boolean seen, boolean archived, boolean deleted) {

    /** Nothing yet. */
    public static final RowStates NEW = new RowStates(false, false, false, false);
}

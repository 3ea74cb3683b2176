package com.threadly.gateway.inbox;

import com.threadly.events.NotificationState;

/** What users do to notifications: each sets a state, or takes it back. */
public enum StateChange {
    READ("read", NotificationState.READ, false),
    UNREAD("unread", NotificationState.READ, true),
    SEEN("seen", NotificationState.SEEN, false),
    ARCHIVE("archive", NotificationState.ARCHIVED, false),
    UNARCHIVE("unarchive", NotificationState.ARCHIVED, true),
    DELETE("delete", NotificationState.DELETED, false);

    private final String path;
    private final NotificationState state;
    private final boolean takesBack;

    StateChange(String path, NotificationState state, boolean takesBack) {
        this.path = path;
        this.state = state;
        this.takesBack = takesBack;
    }

    /** The last part of its paths. */
    public String path() {
        return path;
    }

    public NotificationState state() {
        return state;
    }

    /** Whether it takes the state back, whatever revision was shown. */
    boolean takesBack() {
        return takesBack;
    }

    /** The mark that makes it so. */
    MarkPosition position(int round, int revision) {
        return takesBack ? new MarkPosition(round + 1, 0) : new MarkPosition(round, revision);
    }
}

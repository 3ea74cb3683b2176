package com.threadly.notification.rule;

/**
 * Of a user's inbox, without what is archived.
 *
 * @param unseen those of the unread ones that have not been seen either
 */
public record InboxCounts(int unread, int unseen) {

    /** Of an empty inbox. */
    public static final InboxCounts NONE = new InboxCounts(0, 0);
}

package com.threadly.gateway.inbox;

import java.util.Optional;

/**
 * Which notifications are asked for.
 *
 * @param after where the page before ended
 * @param type only those of this type
 * @param unread only those that are not read
 */
record NotificationQuery(int limit, Optional<Cursor> after, Optional<String> type, boolean unread) {}

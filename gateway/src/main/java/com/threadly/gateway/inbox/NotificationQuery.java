package com.threadly.gateway.inbox;

import java.util.Optional;

/**
 * The filter of a query.
 *
 * @param after where the previous page ended
 * @param type only those of this type
 * @param unread only unread ones
 */
record NotificationQuery(int limit, Optional<Cursor> after, Optional<String> type, boolean unread) {}

package com.threadly.gateway.inbox;

import java.util.Optional;

/**
 * The filter of a query.
 *
 * @param after where the previous page ended
 * @param type only those of this type
 * @param object only those about this
 * @param unread only unread ones
 * @param unseen only those of the unread ones that were not seen either
 * @param archived only archived ones; otherwise none of them
 */
record NotificationQuery(
        int limit,
        Optional<Cursor> after,
        Optional<String> type,
        Optional<ObjectReference> object,
        boolean unread,
        boolean unseen,
        boolean archived) {}

package com.threadly.gateway.inbox;

/**
 * Of a user's inbox, without what is archived.
 *
 * @param unseen those of the unread ones that were not seen either
 */
record UnreadCounts(int unread, int unseen) {}

package com.threadly.notification.rebuild;

import com.threadly.notification.inbox.RebuildStore.Found;
import com.threadly.notification.inbox.Retention;
import com.threadly.notification.rule.Notification;
import java.time.Duration;
import java.time.Instant;

/**
 * What retention would leave of rows: a rebuild writes nothing only to remove it at its end.
 *
 * @param now when the rebuild began
 * @param age of rows that are due for removal
 * @param digestWindow of the messages of one digest
 */
record KeptRows(Instant now, Duration age, Duration digestWindow) {

    /** {@code found} without rows that are too old, or expired. */
    Found of(Found found) {
        Instant since = now.minus(age);
        // Before its last event, a digest may have another.
        Instant firstOfDigests = since.minus(Retention.longestDigest(digestWindow));
        return found.with(
                found.notifications().stream()
                        .filter(row -> !row.lastEventAt().isBefore(since) && !isExpired(row))
                        .toList(),
                found.entries().stream()
                        .filter(entry -> !entry.occurredAt().isBefore(firstOfDigests))
                        .toList());
    }

    private boolean isExpired(Notification row) {
        return row.expiresAt() != null
                && !row.expiresAt().isAfter(now)
                && row.lastEventAt().isBefore(Retention.lastToExpire(now));
    }
}

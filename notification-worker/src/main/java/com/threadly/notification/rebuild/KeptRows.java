package com.threadly.notification.rebuild;

import com.threadly.notification.inbox.RebuildStore.Found;
import java.time.Duration;
import java.time.Instant;

/**
 * What retention would leave of rows: a rebuild writes nothing only to remove it at its end.
 *
 * @param since rows whose last event is older are due for removal by age
 * @param digest how long before its last event a digest may have another
 */
record KeptRows(Instant since, Duration digest) {

    /** {@code found} without rows that are too old. */
    Found of(Found found) {
        return new Found(
                found.notifications().stream()
                        .filter(row -> !row.lastEventAt().isBefore(since))
                        .toList(),
                found.entries().stream()
                        .filter(entry -> !entry.occurredAt().isBefore(since.minus(digest)))
                        .toList(),
                found.reads());
    }
}

package com.threadly.notification.inbox;

import com.threadly.notification.inbox.RebuildStore.Found;
import com.threadly.notification.rule.DigestEntry;
import com.threadly.notification.rule.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Rows that retention has removed from inboxes with too many: a rebuild of the live tables does not show them again only
 * to remove them at its end. They are missing, and older than all that a full inbox keeps.
 */
public final class TrimmedRows {

    private static final String MISSING = """
            SELECT given.id FROM unnest(:ids) AS given (id)
            WHERE NOT EXISTS (SELECT FROM notification AS n WHERE n.id = given.id)
            """;

    private static final String OLDEST_KEPT = """
            SELECT given.user_id, oldest.last_event_at FROM unnest(:users) AS given (user_id) CROSS JOIN LATERAL (
                SELECT last_event_at FROM notification WHERE user_id = given.user_id
                ORDER BY last_event_at DESC, id OFFSET :rows - 1 LIMIT 1) AS oldest
            """;

    /** @param at no event of the row is later */
    private record Row(UUID id, String userId, Instant at) {}

    private final int rowsPerUser;
    private final Instant before;
    private final Duration digest;

    private TrimmedRows(int rowsPerUser, Instant before, Duration digest) {
        this.rowsPerUser = rowsPerUser;
        this.before = before;
        this.digest = digest;
    }

    /**
     * Those of inboxes with more than {@code rowsPerUser} rows.
     *
     * @param before retention removes no rows with later events for their number
     * @param digest how long after one event of a digest there may be another
     */
    public static TrimmedRows beyond(int rowsPerUser, Instant before, Duration digest) {
        return new TrimmedRows(rowsPerUser, before, digest);
    }

    /** None: the tables are filled from scratch, and trimmed at the end. */
    public static TrimmedRows none() {
        return new TrimmedRows(Integer.MAX_VALUE, Instant.MIN, Duration.ZERO);
    }

    /** {@code found} without them. */
    Found without(Handle handle, Found found, int portion) {
        List<Row> old = Stream.concat(
                        found.notifications().stream().map(row -> new Row(row.id(), row.userId(), row.lastEventAt())),
                        found.entries().stream()
                                .map(entry -> new Row(
                                        entry.notificationId(),
                                        entry.userId(),
                                        entry.occurredAt().plus(digest))))
                .filter(row -> row.at().isBefore(before))
                .toList();
        Set<UUID> trimmed = new HashSet<>();
        Portions.of(old, portion).forEach(some -> trimmed.addAll(trimmed(handle, some)));
        return trimmed.isEmpty()
                ? found
                : found.with(
                        rest(found.notifications(), Notification::id, trimmed),
                        rest(found.entries(), DigestEntry::notificationId, trimmed));
    }

    private Set<UUID> trimmed(Handle handle, List<Row> rows) {
        Set<UUID> missing =
                handle.createQuery(MISSING).bind("ids", BinaryArrays.uuids(rows, Row::id)).mapTo(UUID.class).stream()
                        .collect(Collectors.toSet());
        List<Row> candidates =
                rows.stream().filter(row -> missing.contains(row.id())).toList();
        Map<String, Instant> oldestKept = new HashMap<>();
        if (!candidates.isEmpty()) {
            handle.createQuery(OLDEST_KEPT)
                    .bindArray(
                            "users",
                            String.class,
                            candidates.stream().map(Row::userId).distinct().toList())
                    .bind("rows", rowsPerUser)
                    .map((row, context) -> Map.entry(row.getString("user_id"), Timestamps.get(row, "last_event_at")))
                    .forEach(entry -> oldestKept.put(entry.getKey(), entry.getValue()));
        }
        return candidates.stream()
                .filter(row -> row.at().isBefore(oldestKept.getOrDefault(row.userId(), Instant.MIN)))
                .map(Row::id)
                .collect(Collectors.toSet());
    }

    private static <R> List<R> rest(List<R> rows, Function<R, UUID> id, Set<UUID> without) {
        return rows.stream().filter(row -> !without.contains(id.apply(row))).toList();
    }
}

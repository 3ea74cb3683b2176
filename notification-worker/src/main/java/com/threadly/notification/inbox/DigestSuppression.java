package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.notification.rule.Presence;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** Who is reading a conversation now, so that its digests need not be pushed to them. */
public final class DigestSuppression {

    /** The digest that was read may be of an earlier window. */
    private static final String READING = """
            SELECT n.id FROM notification AS n WHERE n.id = ANY(:ids) AND (
                EXISTS (
                    SELECT FROM notification AS r
                    WHERE r.user_id = n.user_id AND r.last_event_at > n.last_event_at - interval '1 day'
                        AND r.type = n.type AND r.metadata ->> 'conversationId' = n.metadata ->> 'conversationId'
                        AND r.marked_at > :since)
                OR :online AND EXISTS (SELECT FROM user_presence AS p WHERE p.user_id = n.user_id AND p.online))
            """;

    private static final String NOTE = """
            INSERT INTO user_presence AS known (user_id, online, changed_at)
            SELECT user_id, online, changed_at FROM unnest(:users, :online, :times)
                AS given (user_id, online, changed_at)
            ORDER BY user_id
            ON CONFLICT (user_id) DO UPDATE SET online = excluded.online, changed_at = excluded.changed_at
            WHERE known.changed_at < excluded.changed_at
            """;

    private final Database database;
    private final DigestSuppressionSettings settings;
    private final Clock clock;

    public DigestSuppression(Database database, DigestSuppressionSettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /** Those of the digests {@code ids} whose users need no notification. */
    public Set<UUID> on(Collection<UUID> ids) throws UnavailableException {
        if (ids.isEmpty() || settings.quietFor() == DigestSuppressionSettings.QuietFor.NOBODY) {
            return Set.of();
        }
        Instant since = clock.instant().minus(settings.readingWithin());
        var quiet = new HashSet<UUID>();
        Portions.each(
                List.copyOf(ids),
                some -> quiet.addAll(database.use(handle -> handle.createQuery(READING)
                        .bind("ids", BinaryArrays.uuids(some, id -> id))
                        .bind("since", since)
                        .bind("online", settings.usesPresence())
                        .mapTo(UUID.class)
                        .list())));
        return quiet;
    }

    /** The latest per user counts, in any order of arrival. */
    public void note(List<Presence> presences) throws UnavailableException {
        if (presences.isEmpty()) {
            return;
        }
        List<Presence> latest = List.copyOf(presences.stream()
                .collect(Collectors.toMap(
                        Presence::userId,
                        presence -> presence,
                        BinaryOperator.maxBy(Comparator.comparing(Presence::since))))
                .values());
        Portions.each(
                latest,
                some -> database.use(handle -> handle.createUpdate(NOTE)
                        .bind("users", BinaryArrays.texts(some, Presence::userId))
                        .bindArray(
                                "online",
                                Boolean.class,
                                some.stream().map(Presence::online).toList())
                        .bind("times", BinaryArrays.times(some, Presence::since))
                        .execute()));
    }
}

package com.threadly.notification.inbox;

import com.threadly.notification.rule.Digest;
import com.threadly.notification.rule.DigestEntry;
import com.threadly.notification.rule.Notification;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The statements of a digest: its lock, its messages, their totals, and its row. */
final class DigestRows {

    private static final String LOCK = """
            SELECT id, revision, pushed_at IS NOT NULL AS pushed FROM notification WHERE id = ANY(:ids) ORDER BY id
            FOR NO KEY UPDATE
            """;

    /**
     * Of two events for one message, the earlier counts, in any order of arrival; of two with one id and time, that with
     * the smaller fingerprint. The same event may return with
     * another name or preview: rows from before an upgrade were cut or cleaned in other ways.
     */
    private static final String ADD_MESSAGES = """
            INSERT INTO digest_message AS known
                (notification_id, message_id, event_id, sender_id, sender_name, preview, occurred_at, fingerprint)
            SELECT notification_id, message_id, event_id, sender_id, sender_name, preview, occurred_at, fingerprint
            FROM unnest(:digests, :messages, :events, :senders, :names, :previews, :times, :fingerprints) AS given
                (notification_id, message_id, event_id, sender_id, sender_name, preview, occurred_at, fingerprint)
            ORDER BY notification_id, message_id
            ON CONFLICT (notification_id, message_id) DO UPDATE SET
                event_id = excluded.event_id, sender_id = excluded.sender_id, sender_name = excluded.sender_name,
                preview = excluded.preview, occurred_at = excluded.occurred_at, fingerprint = excluded.fingerprint
            WHERE (excluded.occurred_at, excluded.event_id) < (known.occurred_at, known.event_id)
                OR (excluded.occurred_at, excluded.event_id) = (known.occurred_at, known.event_id)
                    AND (known.fingerprint IS NULL OR excluded.fingerprint <= known.fingerprint)
                    AND (excluded.sender_id, excluded.sender_name, excluded.preview)
                        <> (known.sender_id, known.sender_name, known.preview)
            """;

    private static final String FORGET_WORDS = """
            WITH forgotten AS (
                UPDATE digest_message SET sender_name = '', preview = ''
                WHERE notification_id = ANY(:ids) AND sender_id = ANY(:senders) AND (sender_name, preview) <> ('', '')
                RETURNING sender_id
            )
            SELECT sender_id, count(*) AS messages FROM forgotten GROUP BY sender_id
            """;

    private static final String ADD_UP = """
            SELECT notification_id, user_id, conversation_id, messages AS revision,
                count(*) FILTER (WHERE told) AS messages, count(DISTINCT sender_id) FILTER (WHERE told) AS senders,
                max(sender_name) FILTER (WHERE place = 1) AS last_name,
                max(preview) FILTER (WHERE place = 1) AS last_preview,
                min(occurred_at) AS first_at, max(occurred_at) AS last_at
            FROM (
                SELECT placed.*, place <= messages - read_revision OR read_revision >= messages AS told
                FROM (
                    SELECT m.*, n.user_id, n.metadata ->> 'conversationId' AS conversation_id,
                        greatest(n.read_revision, n.deleted_revision) AS read_revision,
                        count(*) OVER (PARTITION BY m.notification_id) AS messages,
                        row_number() OVER (
                            PARTITION BY m.notification_id ORDER BY m.occurred_at DESC, m.message_id DESC) AS place
                    FROM digest_message AS m JOIN notification AS n ON n.id = m.notification_id
                    WHERE m.notification_id = ANY(:ids)) AS placed) AS told
            GROUP BY notification_id, user_id, conversation_id, messages
            """;

    /** A digest's row before a write. */
    record Before(UUID id, int revision, boolean pushed) {

        StoredNotification with(Notification now) {
            return StoredNotification.known(now, pushed && revision == now.revision());
        }
    }

    private DigestRows() {}

    static Map<UUID, Before> lock(Handle handle, List<UUID> ids) {
        return handle
                .createQuery(LOCK)
                .bindArray("ids", UUID.class, ids)
                .map((row, context) ->
                        new Before(row.getObject("id", UUID.class), row.getInt("revision"), row.getBoolean("pushed")))
                .stream()
                .collect(Collectors.toMap(Before::id, before -> before));
    }

    static void addMessages(Handle handle, List<DigestEntry> entries) {
        handle.createUpdate(ADD_MESSAGES)
                .bind("digests", BinaryArrays.uuids(entries, DigestEntry::notificationId))
                .bind("messages", BinaryArrays.texts(entries, DigestEntry::messageId))
                .bind("events", BinaryArrays.uuids(entries, DigestEntry::eventId))
                .bind("senders", BinaryArrays.texts(entries, DigestEntry::senderId))
                .bind("names", BinaryArrays.texts(entries, DigestEntry::senderName))
                .bind("previews", BinaryArrays.texts(entries, DigestEntry::preview))
                .bind("times", BinaryArrays.times(entries, DigestEntry::occurredAt))
                .bind("fingerprints", BinaryArrays.integers(entries, DigestEntry::fingerprint))
                .execute();
    }

    /** Takes the names and words of {@code senders} out of locked digests; returns how many messages of each had any. */
    static Map<String, Long> forgetWords(Handle handle, List<UUID> ids, Set<String> senders) {
        return handle
                .createQuery(FORGET_WORDS)
                .bindArray("ids", UUID.class, ids)
                .bindArray("senders", String.class, senders)
                .map((row, context) -> Map.entry(row.getString("sender_id"), row.getLong("messages")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static List<Digest> addUp(Handle handle, List<UUID> ids) {
        return handle.createQuery(ADD_UP)
                .bindArray("ids", UUID.class, ids)
                .map((row, context) -> digest(row))
                .list();
    }

    private static Digest digest(ResultSet row) throws SQLException {
        return new Digest(
                row.getObject("notification_id", UUID.class),
                row.getString("user_id"),
                row.getString("conversation_id"),
                row.getInt("revision"),
                row.getInt("messages"),
                row.getInt("senders"),
                row.getString("last_name"),
                row.getString("last_preview"),
                Timestamps.get(row, "first_at"),
                Timestamps.get(row, "last_at"));
    }
}

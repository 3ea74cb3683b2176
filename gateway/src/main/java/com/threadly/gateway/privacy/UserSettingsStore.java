package com.threadly.gateway.privacy;

import com.threadly.database.Database;
import com.threadly.events.UserSettingsChanged;
import com.threadly.gateway.access.ErasedMembers;
import com.threadly.runtime.retry.UnavailableException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The settings of users. The latest change counts; of two at the same time, the later record. */
public final class UserSettingsStore implements PresenceNames.OfflineReader, SettingsRoutes.Store {

    private static final String NOTE = """
            INSERT INTO user_settings AS known (user_id, appear_offline, as_of)
            VALUES (:user, :appearOffline, CAST(:asOf AS timestamptz))
            ON CONFLICT (user_id) DO UPDATE SET appear_offline = excluded.appear_offline, as_of = excluded.as_of
            WHERE known.as_of <= excluded.as_of
            """;

    private static final String REMOVE = "DELETE FROM user_settings WHERE user_id = ANY(:users)";

    private static final String SETTINGS = "SELECT appear_offline, as_of FROM user_settings WHERE user_id = :user";

    private static final String APPEARING_OFFLINE =
            "SELECT user_id FROM user_settings WHERE user_id = ANY(:users) AND appear_offline";

    /** What a record of the topic does. */
    sealed interface Change {}

    /** The user has changed something. */
    record Update(UserSettingsChanged event) implements Change {}

    /** The user's settings are the defaults again, and nothing is kept of them. */
    record Removal(String userId) implements Change {}

    private final Database database;

    /** @param database with the gateway's tables */
    public UserSettingsStore(Database database) {
        this.database = database;
    }

    @Override
    public void note(UserSettingsChanged change) throws UnavailableException {
        note(List.of(new Update(change)));
    }

    /** Stores all or none, but nothing of erased users. */
    void note(List<? extends Change> changes) throws UnavailableException {
        var removed = new TreeSet<String>();
        var updates = new ArrayList<UserSettingsChanged>();
        for (Change change : changes) {
            switch (change) {
                case Update(UserSettingsChanged event) -> updates.add(event);
                case Removal(String userId) -> {
                    removed.add(userId);
                    updates.removeIf(before -> before.getUserId().equals(userId));
                }
            }
        }
        // In the order of ids, so that two gateways never deadlock; of one id, still in that of the log.
        updates.sort(Comparator.comparing(UserSettingsChanged::getUserId));
        var _ = database.inTransaction(handle -> {
            if (!removed.isEmpty()) {
                handle.createUpdate(REMOVE)
                        .bindArray("users", String.class, removed)
                        .execute();
            }
            Set<String> erased = ErasedMembers.among(
                    handle, updates.stream().map(UserSettingsChanged::getUserId).toList());
            updates.removeIf(change -> erased.contains(change.getUserId()));
            return updates.isEmpty() ? 0 : write(handle.prepareBatch(NOTE), updates);
        });
    }

    private static int write(PreparedBatch batch, List<UserSettingsChanged> updates) {
        updates.forEach(change -> batch.bind("user", change.getUserId())
                .bind("appearOffline", change.getAppearOffline())
                .bind("asOf", change.getOccurredAt().toString())
                .add());
        return batch.execute().length;
    }

    @Override
    public UserSettings of(String userId) throws UnavailableException {
        return database.use(handle -> handle.createQuery(SETTINGS)
                .bind("user", userId)
                .map((row, _) -> new UserSettings(
                        row.getBoolean("appear_offline"),
                        row.getObject("as_of", OffsetDateTime.class).toInstant()))
                .findOne()
                .orElse(UserSettings.DEFAULTS));
    }

    @Override
    public Set<String> appearingOffline(Set<String> userIds) throws UnavailableException {
        return database.use(handle -> handle.createQuery(APPEARING_OFFLINE)
                .bindArray("users", String.class, userIds)
                .mapTo(String.class)
                .set());
    }
}

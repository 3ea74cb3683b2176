package com.threadly.gateway.privacy;

import com.threadly.database.Database;
import com.threadly.events.UserSettingsChanged;
import com.threadly.gateway.access.ErasedMembers;
import com.threadly.runtime.retry.UnavailableException;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The settings of users. The latest change counts; of two at the same time, the later record. */
public final class UserSettingsStore implements PresenceNames.OfflineReader, SettingsRoutes.Store {

    private static final String NOTE = """
            INSERT INTO user_settings AS known (user_id, appear_offline, as_of)
            VALUES (:user, :appearOffline, CAST(:asOf AS timestamptz))
            ON CONFLICT (user_id) DO UPDATE SET appear_offline = excluded.appear_offline, as_of = excluded.as_of
            WHERE known.as_of <= excluded.as_of
            """;

    private static final String SETTINGS = "SELECT appear_offline, as_of FROM user_settings WHERE user_id = :user";

    private static final String APPEARING_OFFLINE =
            "SELECT user_id FROM user_settings WHERE user_id = ANY(:users) AND appear_offline";

    private final Database database;

    /** @param database with the gateway's tables */
    public UserSettingsStore(Database database) {
        this.database = database;
    }

    @Override
    public void note(UserSettingsChanged change) throws UnavailableException {
        note(List.of(change));
    }

    /** Stores all or none, but nothing of erased users. */
    void note(List<UserSettingsChanged> changes) throws UnavailableException {
        var _ = database.inTransaction(handle -> {
            Set<String> erased = ErasedMembers.among(
                    handle, changes.stream().map(UserSettingsChanged::getUserId).toList());
            PreparedBatch batch = handle.prepareBatch(NOTE);
            changes.stream()
                    .filter(change -> !erased.contains(change.getUserId()))
                    // In the order of ids, so that two gateways never deadlock; of one id, still in that of the log.
                    .sorted(Comparator.comparing(UserSettingsChanged::getUserId))
                    .forEach(change -> batch.bind("user", change.getUserId())
                            .bind("appearOffline", change.getAppearOffline())
                            .bind("asOf", change.getOccurredAt().toString())
                            .add());
            return batch.execute().length;
        });
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

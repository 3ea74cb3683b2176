package com.threadly.gateway.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.database.Database;
import com.threadly.database.OwnerSettings;
import com.threadly.events.UserErased;
import com.threadly.events.UserSettingsChanged;
import com.threadly.gateway.access.AccessStore;
import com.threadly.gateway.access.ErasedMembers;
import com.threadly.gateway.access.ErasureProjection;
import com.threadly.localstack.testing.Servers;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.pipeline.Tombstone;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The settings of users after which events. */
@ExtendWith(Servers.Extension.class)
class SettingsProjectionIT {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final Database database;
    private final UserSettingsStore store;
    private final SettingsProjection projection;
    private long offset;

    SettingsProjectionIT(Servers servers) {
        database = AccessStore.open(
                OwnerSettings.of(servers.database(), servers.database().create(servers.unique("settings"))),
                new SimpleMeterRegistry());
        Awaitility.await().until(() -> database.trouble().isEmpty());
        store = new UserSettingsStore(database);
        projection = new SettingsProjection(store);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theLatestChangeCounts() throws Exception {
        assertThat(store.of("ana").appearOffline()).isFalse();

        handle(change("ana", true, NOON), change("ben", true, NOON), change("ben", false, NOON));
        assertThat(store.of("ana")).isEqualTo(new UserSettings(true, NOON));
        assertThat(store.appearingOffline(Set.of("ana", "ben", "cleo"))).containsExactly("ana");

        handle(change("ana", false, NOON.minusSeconds(1)));
        assertThat(store.of("ana").appearOffline()).isTrue();
        store.note(change("ana", false, NOON.plusSeconds(1)));
        handle(change("ana", true, NOON));
        assertThat(store.of("ana").appearOffline()).isFalse();
    }

    @Test
    void aTombstoneRemovesTheSettingsInTheOrderOfTheLog() throws Exception {
        handle(change("ana", true, NOON), change("ben", true, NOON));

        assertThat(projection.handle(List.of(
                        record("ana", change("ana", true, NOON.plusSeconds(1))),
                        record("ana", new Tombstone()),
                        record("ben", new Tombstone()),
                        record("ben", change("ben", true, NOON.minusSeconds(1))))))
                .hasSize(4);

        assertThat(store.of("ana")).isEqualTo(UserSettings.DEFAULTS);
        assertThat(store.of("ben")).isEqualTo(new UserSettings(true, NOON.minusSeconds(1)));
        assertThat(store.appearingOffline(Set.of("ana", "ben"))).containsExactly("ben");
        assertThat(projection.handle(List.of(record("a\0b", new Tombstone()))))
                .singleElement()
                .isInstanceOf(RecordOutcome.Invalid.class);
    }

    @Test
    void aRecordOfAnotherKeyChangesNothing() throws Exception {
        var foreign = new DecodedRecord(
                "user-settings-events", 0, offset++, NOON, "ben", change("ana", true, NOON), NOON, () -> false);

        assertThat(projection.handle(List.of(foreign))).hasOnlyElementsOfType(RecordOutcome.Invalid.class);
        assertThat(store.of("ana").appearOffline()).isFalse();
    }

    @Test
    void nothingIsKeptOfWhoIsErased() throws Exception {
        handle(change("ana", true, NOON), change("ben", true, NOON));
        var erasure = new DecodedRecord(
                "erasure-events",
                0,
                offset++,
                NOON,
                "ana",
                new UserErased(UUID.randomUUID(), NOON, "ana"),
                NOON,
                () -> false);
        var _ = new ErasureProjection(new ErasedMembers(database), _ -> {}, Clock.systemUTC()).handle(List.of(erasure));
        handle(change("ana", true, NOON.plusSeconds(1)), change("ben", true, NOON.plusSeconds(1)));
        store.note(change("ana", true, NOON.plusSeconds(2)));

        assertThat(store.of("ana")).isEqualTo(UserSettings.DEFAULTS);
        assertThat(store.appearingOffline(Set.of("ana", "ben"))).containsExactly("ben");
        assertThat(ErasedMembers.report(database, "ana").orElseThrow().remaining())
                .isZero();
    }

    private DecodedRecord record(String key, SpecificRecord event) {
        return new DecodedRecord("user-settings-events", 0, offset++, NOON, key, event, NOON, () -> false);
    }

    private void handle(UserSettingsChanged... changes) throws Exception {
        var _ = projection.handle(List.of(changes).stream()
                .map(change -> new DecodedRecord(
                        "user-settings-events", 0, offset++, NOON, change.getUserId(), change, NOON, () -> false))
                .toList());
    }

    private static UserSettingsChanged change(String userId, boolean appearOffline, Instant at) {
        return new UserSettingsChanged(UUID.randomUUID(), at, userId, appearOffline);
    }
}

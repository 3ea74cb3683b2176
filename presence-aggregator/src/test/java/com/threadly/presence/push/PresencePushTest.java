package com.threadly.presence.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.threadly.events.PresenceCount;
import com.threadly.events.Topics;
import com.threadly.events.UserPresence;
import com.threadly.events.UserSettingsChanged;
import com.threadly.events.UserStatus;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.ReadProgress;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.pipeline.Tombstone;
import com.threadly.presence.users.Status;
import com.threadly.presence.users.UserSnapshot;
import com.threadly.pusher.PushEvent;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PresencePushTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final RecordOutcome APPEARS_OFFLINE = new RecordOutcome.Skip("appears_offline");

    private final HiddenUsers hidden = new HiddenUsers();
    private final Map<String, UserSnapshot> statuses = new HashMap<>();
    private long read = Long.MAX_VALUE;
    private boolean statusesAvailable = true;
    private Instant now = NOON;

    private final PresencePush push = new PresencePush(
            hidden,
            new ReadProgress() {
                @Override
                public void requireLoaded() throws UnavailableException {
                    requireRead(0, 0);
                }

                @Override
                public void requireRead(int partition, long offset) throws UnavailableException {
                    if (offset > read) {
                        throw new UnavailableException("not read yet");
                    }
                }
            },
            this::status,
            ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    @Test
    void pushesHowManyArePresentToTheChannelOfCountsAndToTheOneOfBefore() throws Exception {
        RecordOutcome.Push outcome = (RecordOutcome.Push) handled(count("presence-product-p", 12, 7, true));

        assertThat(outcome.events())
                .extracting(PushEvent::channel, PushEvent::name)
                .containsExactly(
                        tuple("private-cache-viewers-product-p", "presence-count"),
                        tuple("presence-product-p", "presence-count"));
        assertThat(outcome.events()).allSatisfy(event -> {
            assertThat(event.data())
                    .isEqualTo("{\"channel\":\"presence-product-p\",\"count\":7,"
                            + "\"windowStart\":\"2026-11-01T11:59:10Z\",\"windowEnd\":\"2026-11-01T12:00:10Z\"}");
            // It is right until the next one.
            assertThat(event.expiresAt()).isNull();
        });
    }

    @Test
    void pushesZeroOnlyWhereSomebodyMayListenWithoutViewing() throws Exception {
        RecordOutcome.Push outcome = (RecordOutcome.Push) handled(count("presence-product-p", 12, 0, true));

        assertThat(outcome.events()).extracting(PushEvent::channel).containsExactly("private-cache-viewers-product-p");
    }

    @Test
    void pushesNothingThatNobodyAwaits() throws Exception {
        assertThat(handled(count("presence-product-p", 12, 0, false))).isEqualTo(new RecordOutcome.Skip("not_awaited"));
        PresenceCount closed = PresenceCount.newBuilder(count("presence-product-p", 12, 7, false))
                .setOccurredAt(NOON.plusSeconds(10))
                .build();
        assertThat(handled(closed)).isEqualTo(new RecordOutcome.Skip("closed_window"));

        RecordOutcome.Push outcome = (RecordOutcome.Push) handled(count("presence-product-p", 12, 7, false));
        assertThat(outcome.events()).extracting(PushEvent::channel).containsExactly("presence-product-p");
    }

    @Test
    void aNameThatIsTooLongForAChannelOfCountsKeepsTheOneOfBefore() throws Exception {
        String channel = "presence-search-" + "x".repeat(148);
        RecordOutcome.Push outcome = (RecordOutcome.Push) handled(count(channel, 12, 7, true));

        assertThat(outcome.events()).extracting(PushEvent::channel).containsExactly(channel);
    }

    @Test
    void pushesAUsersStatusToTheUsersChannels() throws Exception {
        RecordOutcome.Push outcome = (RecordOutcome.Push) handled(presence("ana", UserStatus.AWAY));

        assertThat(outcome.events())
                .extracting(PushEvent::channel)
                .containsExactly("private-cache-status-ana", "presence-user-ana");
        assertThat(outcome.events()).allSatisfy(event -> {
            assertThat(event.name()).isEqualTo("presence");
            assertThat(event.data())
                    .isEqualTo("{\"userId\":\"ana\",\"status\":\"away\",\"lastSeen\":\"2026-11-01T11:59:00Z\"}");
            assertThat(event.expiresAt()).isNull();
        });
    }

    @Test
    void replacesWhatStillWaitsByTheLatest() throws Exception {
        RecordOutcome.Push count = (RecordOutcome.Push) handled(count("presence-product-p", 12, 7, true));
        RecordOutcome.Push status = (RecordOutcome.Push) handled(presence("ana", UserStatus.ONLINE));

        assertThat(count.events().getFirst().supersedes()).isEqualTo("presence-count");
        assertThat(status.events().getFirst().supersedes()).isEqualTo("presence");
    }

    @Test
    void whoAppearsOfflineIsOfflineWhateverTheyDo() throws Exception {
        assertThat(shown(settings("ana", true))).containsOnly("offline 2026-11-01T11:58:00Z");

        assertThat(handled(presence("ana", UserStatus.ONLINE))).isEqualTo(APPEARS_OFFLINE);
        assertThat(handled(presence("ana", UserStatus.AWAY))).isEqualTo(APPEARS_OFFLINE);
        assertThat(shown(handled(presence("ben", UserStatus.ONLINE)))).containsOnly("online 2026-11-01T11:59:00Z");
    }

    @Test
    void laterSettingsOfWhoAppearsOfflineShowNothing() throws Exception {
        var choice = settings("ana", true, NOON.minusSeconds(90));
        assertThat(shown(handledAndKnown(choice))).containsOnly("offline 2026-11-01T11:58:00Z");

        assertThat(handledAndKnown(settings("ana", true, NOON))).isEqualTo(APPEARS_OFFLINE);
        assertThat(shown(handled(choice))).as("again after a crash").containsOnly("offline 2026-11-01T11:58:00Z");
    }

    @Test
    void theSettingsThatCountNowAreFollowedByEarlierRecordsToo() throws Exception {
        var shown = settings("ana", false, NOON.minusSeconds(90));
        var hides = settings("ana", true, NOON.minusSeconds(30));
        statuses.put("ana", new UserSnapshot(Status.ONLINE, NOON.toEpochMilli()));
        hidden.put("ana", (UserSettingsChanged) shown.event());
        hidden.put("ana", (UserSettingsChanged) hides.event());

        assertThat(handled(shown)).isEqualTo(APPEARS_OFFLINE);
        assertThat(shown(handled(hides))).containsOnly("offline 2026-11-01T11:59:00Z");
    }

    @Test
    void whoAppearsOfflineNoLongerHasTheirStatus() throws Exception {
        var _ = settings("ana", true);
        statuses.put("ana", new UserSnapshot(Status.AWAY, NOON.minusSeconds(1).toEpochMilli()));

        assertThat(shown(settings("ana", false))).containsOnly("away 2026-11-01T11:59:00Z");
        assertThat(shown(handled(presence("ana", UserStatus.ONLINE)))).containsOnly("online 2026-11-01T11:59:00Z");
        assertThat(settings("ben", false)).as("never seen").isEqualTo(new RecordOutcome.Skip("not_seen"));
    }

    @Test
    void withoutSettingsNobodyAppearsOffline() throws Exception {
        var _ = settings("ana", true);
        statuses.put("ana", new UserSnapshot(Status.ONLINE, NOON.toEpochMilli()));

        hidden.put("ana", null);
        RecordOutcome outcome = handled(tombstone("ana"));

        assertThat(shown(outcome)).containsOnly("online 2026-11-01T12:00:00Z");
        assertThat(handled(tombstone("no user"))).isInstanceOf(RecordOutcome.Invalid.class);
    }

    @Test
    void aStatusThatCannotBeReadIsAwaitedForAMinute() throws Exception {
        statusesAvailable = false;

        assertThatThrownBy(() -> settings("ana", false)).isInstanceOf(UnavailableException.class);
        now = NOON.plusSeconds(60);
        assertThat(settings("ana", false)).isEqualTo(new RecordOutcome.Skip("status_unavailable"));
    }

    @Test
    void settingsOfAnotherKeyHideNobody() throws Exception {
        var event = new UserSettingsChanged(UUID.randomUUID(), NOON, "ana", true);
        hidden.put("ben", event);

        assertThat(handled(new DecodedRecord(
                        Topics.USER_SETTINGS_EVENTS.name(), 0, 7, NOON, "ben", event, NOON, () -> false)))
                .isInstanceOf(RecordOutcome.Invalid.class);
        for (String user : List.of("ana", "ben")) {
            assertThat(shown(handled(presence(user, UserStatus.ONLINE)))).containsOnly("online 2026-11-01T11:59:00Z");
        }
    }

    @Test
    void aChangeWaitsUntilItIsKnownHereAndAStatusUntilAllSettingsAre() throws Exception {
        read = 6;
        assertThatThrownBy(() -> settings("ana", true)).isInstanceOf(UnavailableException.class);
        assertThatNoException().isThrownBy(() -> handled(presence("ben", UserStatus.ONLINE)));

        read = -1;
        assertThatThrownBy(() -> handled(presence("ben", UserStatus.ONLINE))).isInstanceOf(UnavailableException.class);
        assertThatNoException().isThrownBy(() -> handled(count("presence-product-p", 12, 7, true)));
    }

    @Test
    void saysNothingOfAStatusThatIsNewerThanItself() throws Exception {
        assertThat(handled(presence("ana", UserStatus.UNKNOWN))).isEqualTo(new RecordOutcome.Skip("unknown_status"));
    }

    @Test
    void refusesAnInvalidChannel() throws Exception {
        assertThat(handled(count("no channel", 3, 2, true))).isInstanceOf(RecordOutcome.Invalid.class);
    }

    private RecordOutcome handled(PresenceCount count) throws UnavailableException {
        return handled(new DecodedRecord(
                Topics.PRESENCE_COUNTS.name(), 0, 0, NOON, count.getChannel(), count, NOON, () -> false));
    }

    private RecordOutcome handled(UserPresence presence) throws UnavailableException {
        return handled(new DecodedRecord(
                Topics.USER_PRESENCE.name(), 0, 0, NOON, presence.getUserId(), presence, NOON, () -> false));
    }

    /** The outcome of a choice that is known by then. */
    private RecordOutcome settings(String userId, boolean appearOffline) throws UnavailableException {
        return handledAndKnown(settings(userId, appearOffline, NOON.minusSeconds(90)));
    }

    private RecordOutcome handledAndKnown(DecodedRecord record) throws UnavailableException {
        hidden.put(record.key(), (UserSettingsChanged) record.event());
        return handled(record);
    }

    private static DecodedRecord settings(String userId, boolean appearOffline, Instant at) {
        var event = new UserSettingsChanged(UUID.randomUUID(), at, userId, appearOffline);
        return new DecodedRecord(Topics.USER_SETTINGS_EVENTS.name(), 0, 7, NOON, userId, event, at, () -> false);
    }

    private static DecodedRecord tombstone(String userId) {
        return new DecodedRecord(
                Topics.USER_SETTINGS_EVENTS.name(), 0, 7, NOON, userId, new Tombstone(), NOON, () -> false);
    }

    private Optional<UserSnapshot> status(String userId) throws UnavailableException {
        if (!statusesAvailable) {
            throw new UnavailableException("the state is moving");
        }
        return Optional.ofNullable(statuses.get(userId));
    }

    /** What the two channels of a user get. */
    private static List<String> shown(RecordOutcome outcome) {
        return ((RecordOutcome.Push) outcome)
                .events().stream()
                        .map(event ->
                                event.data().replaceAll(".*\"status\":\"(\\w+)\",\"lastSeen\":\"([^\"]+)\".*", "$1 $2"))
                        .toList();
    }

    private RecordOutcome handled(DecodedRecord record) throws UnavailableException {
        return push.handle(List.of(record)).getFirst();
    }

    private static UserPresence presence(String userId, UserStatus status) {
        return UserPresence.newBuilder()
                .setEventId(UUID.randomUUID())
                .setOccurredAt(NOON)
                .setUserId(userId)
                .setStatus(status)
                .setLastSeen(NOON.minusSeconds(1))
                .build();
    }

    private static PresenceCount count(String channel, long distinct, long present, boolean push) {
        return PresenceCount.newBuilder()
                .setEventId(UUID.randomUUID())
                .setOccurredAt(NOON)
                .setChannel(channel)
                .setWindowStart(NOON.minusSeconds(50))
                .setWindowEnd(NOON.plusSeconds(10))
                .setDistinctUsers(distinct)
                .setPresent(present)
                .setPush(push)
                .build();
    }
}

package com.threadly.presence.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.threadly.events.PresenceCount;
import com.threadly.events.Topics;
import com.threadly.events.UserPresence;
import com.threadly.events.UserStatus;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.pusher.PushEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PresencePushTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final PresencePush push = new PresencePush();

    @Test
    void pushesHowManyArePresentToTheChannelOfCountsAndToTheOneOfBefore() {
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
    void pushesZeroOnlyWhereSomebodyMayListenWithoutViewing() {
        RecordOutcome.Push outcome = (RecordOutcome.Push) handled(count("presence-product-p", 12, 0, true));

        assertThat(outcome.events()).extracting(PushEvent::channel).containsExactly("private-cache-viewers-product-p");
    }

    @Test
    void pushesNothingThatNobodyAwaits() {
        assertThat(handled(count("presence-product-p", 12, 0, false))).isEqualTo(new RecordOutcome.Skip("not_awaited"));
        PresenceCount closed = PresenceCount.newBuilder(count("presence-product-p", 12, 7, false))
                .setOccurredAt(NOON.plusSeconds(10))
                .build();
        assertThat(handled(closed)).isEqualTo(new RecordOutcome.Skip("closed_window"));

        RecordOutcome.Push outcome = (RecordOutcome.Push) handled(count("presence-product-p", 12, 7, false));
        assertThat(outcome.events()).extracting(PushEvent::channel).containsExactly("presence-product-p");
    }

    @Test
    void aNameThatIsTooLongForAChannelOfCountsKeepsTheOneOfBefore() {
        String channel = "presence-search-" + "x".repeat(148);
        RecordOutcome.Push outcome = (RecordOutcome.Push) handled(count(channel, 12, 7, true));

        assertThat(outcome.events()).extracting(PushEvent::channel).containsExactly(channel);
    }

    @Test
    void pushesAUsersStatusToTheUsersChannels() {
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
    void replacesWhatStillWaitsByTheLatest() {
        RecordOutcome.Push count = (RecordOutcome.Push) handled(count("presence-product-p", 12, 7, true));
        RecordOutcome.Push status = (RecordOutcome.Push) handled(presence("ana", UserStatus.ONLINE));

        assertThat(count.events().getFirst().supersedes()).isEqualTo("presence-count");
        assertThat(status.events().getFirst().supersedes()).isEqualTo("presence");
    }

    @Test
    void saysNothingOfAStatusThatIsNewerThanItself() {
        assertThat(handled(presence("ana", UserStatus.UNKNOWN))).isEqualTo(new RecordOutcome.Skip("unknown_status"));
    }

    @Test
    void refusesAnInvalidChannel() {
        assertThat(handled(count("no channel", 3, 2, true))).isInstanceOf(RecordOutcome.Invalid.class);
    }

    private RecordOutcome handled(PresenceCount count) {
        return handled(new DecodedRecord(
                Topics.PRESENCE_COUNTS.name(), 0, 0, NOON, count.getChannel(), count, NOON, () -> false));
    }

    private RecordOutcome handled(UserPresence presence) {
        return handled(new DecodedRecord(
                Topics.USER_PRESENCE.name(), 0, 0, NOON, presence.getUserId(), presence, NOON, () -> false));
    }

    private RecordOutcome handled(DecodedRecord record) {
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

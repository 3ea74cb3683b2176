package com.threadly.presence.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.PresenceCount;
import com.threadly.events.Topics;
import com.threadly.events.UserPresence;
import com.threadly.events.UserStatus;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.pusher.PushEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PresencePushTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final PresencePush push = new PresencePush(Duration.ofSeconds(60));

    @Test
    void pushesHowManyArePresentToTheChannel() {
        RecordOutcome.Push outcome = (RecordOutcome.Push) handled(count("presence-product-p", 12, 7, NOON));

        PushEvent event = outcome.events().getFirst();
        assertThat(event.channel()).isEqualTo("presence-product-p");
        assertThat(event.name()).isEqualTo("presence-count");
        assertThat(event.data())
                .isEqualTo("{\"channel\":\"presence-product-p\",\"count\":7,"
                        + "\"windowStart\":\"2026-11-01T11:59:10Z\",\"windowEnd\":\"2026-11-01T12:00:10Z\"}");
        assertThat(event.expiresAt()).isEqualTo(NOON.plusSeconds(70));
    }

    @Test
    void pushesAUsersStatusToTheUsersChannel() {
        RecordOutcome.Push outcome = (RecordOutcome.Push) handled(presence("ana", UserStatus.AWAY));

        PushEvent event = outcome.events().getFirst();
        assertThat(event.channel()).isEqualTo("presence-user-ana");
        assertThat(event.name()).isEqualTo("presence");
        assertThat(event.data())
                .isEqualTo("{\"userId\":\"ana\",\"status\":\"away\",\"lastSeen\":\"2026-11-01T11:59:00Z\"}");
        assertThat(event.expiresAt()).isNull();
    }

    @Test
    void replacesWhatStillWaitsByTheLatest() {
        RecordOutcome.Push count = (RecordOutcome.Push) handled(count("presence-product-p", 12, 7, NOON));
        RecordOutcome.Push status = (RecordOutcome.Push) handled(presence("ana", UserStatus.ONLINE));

        assertThat(count.events().getFirst().supersedes()).isEqualTo("presence-count");
        assertThat(status.events().getFirst().supersedes()).isEqualTo("presence");
    }

    @Test
    void saysNothingOfAStatusThatIsNewerThanItself() {
        assertThat(handled(presence("ana", UserStatus.UNKNOWN))).isEqualTo(new RecordOutcome.Skip("unknown_status"));
    }

    @Test
    void pushesTheSameNumberAgainOnlyAfterAWindow() {
        assertThat(handled(count("presence-product-p", 3, 2, NOON))).isInstanceOf(RecordOutcome.Push.class);
        assertThat(handled(count("presence-product-p", 2, 2, NOON.plusSeconds(30))))
                .isEqualTo(new RecordOutcome.Skip("unchanged_count"));
        assertThat(handled(count("presence-product-p", 1, 2, NOON.plusSeconds(60))))
                .isInstanceOf(RecordOutcome.Push.class);
    }

    @Test
    void pushesZeroOnceThoughTheDistinctUsersFollowAWindowLater() {
        assertThat(handled(count("presence-product-p", 1, 0, NOON))).isInstanceOf(RecordOutcome.Push.class);
        assertThat(handled(count("presence-product-p", 0, 0, NOON.plusSeconds(60))))
                .isEqualTo(new RecordOutcome.Skip("unchanged_count"));
    }

    @Test
    void pushesANumberThatComesBack() {
        assertThat(handled(count("presence-product-p", 3, 2, NOON))).isInstanceOf(RecordOutcome.Push.class);
        assertThat(handled(count("presence-product-p", 3, 1, NOON.plusSeconds(2))))
                .isInstanceOf(RecordOutcome.Push.class);
        assertThat(handled(count("presence-product-p", 3, 2, NOON.plusSeconds(4))))
                .isInstanceOf(RecordOutcome.Push.class);
    }

    @Test
    void pushesACountThatIsHandedToItAgain() {
        assertThat(handled(count("presence-product-p", 3, 2, NOON))).isInstanceOf(RecordOutcome.Push.class);
        assertThat(handled(count("presence-product-p", 3, 2, NOON))).isInstanceOf(RecordOutcome.Push.class);
    }

    @Test
    void refusesAnInvalidChannel() {
        assertThat(handled(count("no channel", 3, 2, NOON))).isInstanceOf(RecordOutcome.Invalid.class);
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

    private static PresenceCount count(String channel, long distinct, long present, Instant at) {
        return PresenceCount.newBuilder()
                .setEventId(UUID.randomUUID())
                .setOccurredAt(at)
                .setChannel(channel)
                .setWindowStart(NOON.minusSeconds(50))
                .setWindowEnd(NOON.plusSeconds(10))
                .setDistinctUsers(distinct)
                .setPresent(present)
                .build();
    }
}

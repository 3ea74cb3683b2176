package com.threadly.notification.rule;

import static com.threadly.notification.rule.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.NotificationsRead;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadRuleTest {

    private static final UUID ID = new UUID(1, 2);

    private final Rules rules = Samples.rules();

    @Test
    void marksSingleOnesEachOnce() {
        assertThat(Samples.decide(
                        rules,
                        read().setNotificationIds(List.of(ID.toString(), ID.toString()))
                                .build()))
                .isEqualTo(
                        new Decision.MarkRead(Samples.EVENT, new ReadMark("ben", List.of(ID), Optional.empty(), NOON)));
    }

    @Test
    void marksAllUpToATimeThatHasBeen() {
        assertThat(upTo(read().setAllUpTo(NOON.minusSeconds(5)))).contains(NOON.minusSeconds(5));
        assertThat(upTo(read().setAllUpTo(NOON.plusSeconds(5)))).contains(NOON);
    }

    @Test
    void skipsAReadOfNothing() {
        assertThat(Samples.decide(rules, read().build())).isEqualTo(new Decision.Skip("nothing_read"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1-1-1-1-1", "x", "00000000-0000-0001-0000-000000000002 "})
    void refusesWhatIsNoId(String id) {
        assertThat(Samples.decide(rules, read().setNotificationIds(List.of(id)).build()))
                .isEqualTo(new Decision.Invalid("notificationIds contains a value that is not a UUID"));
    }

    @Test
    void leavesOutMoreIdsThanOneEventTakes() {
        var payloads = new PushEvents();
        List<UUID> many = IntStream.range(0, 240).mapToObj(n -> new UUID(n, n)).toList();
        var all = payloads.notificationsRead(new ReadMark("u".repeat(150), many, Optional.of(NOON), NOON), 1_000);
        assertThat(all.data()).contains(many.getLast().toString()).doesNotContain("truncated");

        List<UUID> more = Collections.nCopies(241, ID);
        assertThat(payloads.notificationsRead(new ReadMark("ben", more, Optional.empty(), NOON), 7)
                        .data())
                .isEqualTo("{\"userId\":\"ben\",\"notificationIds\":[],\"allUpTo\":null,"
                        + "\"readAt\":\"2026-01-01T12:00:00.120Z\",\"unreadCount\":7,\"truncated\":true}");
    }

    private Optional<Instant> upTo(NotificationsRead.Builder event) {
        return ((Decision.MarkRead) Samples.decide(rules, event.build())).read().upTo();
    }

    private static NotificationsRead.Builder read() {
        return NotificationsRead.newBuilder()
                .setEventId(Samples.EVENT)
                .setOccurredAt(NOON)
                .setUserId("ben")
                .setReadAt(NOON);
    }
}

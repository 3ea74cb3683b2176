package com.threadly.notification.rule;

import static com.threadly.notification.rule.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.NotificationsRead;
import com.threadly.notification.rule.ReadMark.Shown;
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
    void marksSingleOnesEachOnceInTheirLatestRevision() {
        assertThat(Samples.decide(
                        rules,
                        read().setNotificationIds(List.of(ID.toString(), ID.toString()))
                                .setRevisions(List.of(4, 3))
                                .build()))
                .isEqualTo(new Decision.MarkRead(
                        Samples.EVENT, new ReadMark("ben", List.of(new Shown(ID, 4)), Optional.empty(), NOON)));
    }

    @Test
    void marksByTimeWhatAnEventFromBeforeRevisionsNames() {
        assertThat(Samples.decide(
                        rules,
                        read().setNotificationIds(List.of(ID.toString(), ID.toString()))
                                .build()))
                .isEqualTo(new Decision.MarkRead(
                        Samples.EVENT,
                        new ReadMark("ben", List.of(new Shown(ID, Shown.BY_TIME)), Optional.empty(), NOON)));
    }

    @Test
    void refusesRevisionsThatCannotBe() {
        var event = read().setNotificationIds(List.of(ID.toString()));
        assertThat(Samples.decide(rules, event.setRevisions(List.of(0)).build()))
                .isEqualTo(new Decision.Invalid("revisions contains a value below 1"));
        assertThat(Samples.decide(rules, event.setRevisions(List.of(1, 2)).build()))
                .isEqualTo(new Decision.Invalid("revisions are not as many as notificationIds"));
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
        var payloads = new PushEvents(false);
        List<Shown> many = IntStream.range(0, 240)
                .mapToObj(n -> new Shown(new UUID(n, n), 1))
                .toList();
        var all = payloads.notificationsRead(new ReadMark("u".repeat(141), many, Optional.of(NOON), NOON), 1_000);
        assertThat(all.data()).contains(many.getLast().id().toString()).doesNotContain("truncated");

        List<Shown> more = Collections.nCopies(300, new Shown(ID, 1));
        assertThat(payloads.notificationsRead(new ReadMark("ben", more, Optional.empty(), NOON), 7)
                        .data())
                .isEqualTo("{\"userId\":\"ben\",\"notificationIds\":[],\"revisions\":[],\"allUpTo\":null,"
                        + "\"readAt\":\"2026-01-01T12:00:00.120Z\",\"unreadCount\":7,\"truncated\":true}");
    }

    @Test
    void anEncryptedChannelHasLessRoom() {
        List<Shown> many = Collections.nCopies(200, new Shown(ID, 1));
        var mark = new ReadMark("ben", many, Optional.empty(), NOON);

        var push = new PushEvents(true).notificationsRead(mark, 1);

        assertThat(push.channel()).isEqualTo("private-encrypted-user-ben");
        assertThat(push.data()).contains("\"truncated\":true");
        assertThat(new PushEvents(false).notificationsRead(mark, 1).data()).doesNotContain("truncated");
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

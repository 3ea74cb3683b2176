package com.threadly.notification.rule;

import static com.threadly.notification.rule.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.NotificationState;
import com.threadly.events.NotificationsRead;
import com.threadly.notification.rule.ReadMark.MarkedState;
import com.threadly.notification.rule.ReadMark.Shown;
import com.threadly.pusher.PushEvent;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                .isEqualTo(new Decision.MarkRead(Samples.EVENT, read(List.of(new Shown(ID, 4)))));
    }

    @Test
    void marksByTimeWhatAnEventFromBeforeRevisionsNames() {
        assertThat(Samples.decide(
                        rules,
                        read().setNotificationIds(List.of(ID.toString(), ID.toString()))
                                .build()))
                .isEqualTo(new Decision.MarkRead(Samples.EVENT, read(List.of(new Shown(ID, Shown.BY_TIME)))));
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
    void refusesMoreThanAStatementTakes() {
        var many = read().setNotificationIds(Collections.nCopies(ReadRule.MAX_IDS + 1, ID.toString()));
        assertThat(Samples.decide(rules, many.build()))
                .isEqualTo(new Decision.Invalid("notificationIds names more than 10000 notifications"));
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
        var all = payloads.marks(
                new ReadMark("u".repeat(141), many, Optional.of(NOON), List.of(), NOON), new InboxCounts(1_000, 1_000));
        assertThat(all.getFirst().data())
                .contains(many.getLast().id().toString())
                .doesNotContain("truncated");

        List<Shown> more = Collections.nCopies(300, new Shown(ID, 1));
        assertThat(payloads.marks(read(more), new InboxCounts(7, 5)).getFirst().data())
                .isEqualTo("{\"userId\":\"ben\",\"notificationIds\":[],\"revisions\":[],\"allUpTo\":null,"
                        + "\"readAt\":\"2026-01-01T12:00:00.120Z\",\"unreadCount\":7,\"unseenCount\":5,"
                        + "\"truncated\":true}");
    }

    @Test
    void anEncryptedChannelHasLessRoom() {
        List<Shown> many = Collections.nCopies(200, new Shown(ID, 1));
        var mark = read(many);

        var push = new PushEvents(true).marks(mark, InboxCounts.NONE).getFirst();

        assertThat(push.channel()).isEqualTo("private-encrypted-user-ben");
        assertThat(push.data()).contains("\"truncated\":true");
        assertThat(new PushEvents(false)
                        .marks(mark, InboxCounts.NONE)
                        .getFirst()
                        .data())
                .doesNotContain("truncated");
    }

    @Test
    void marksEachOnceAsItWasMarkedLast() {
        var archived = marked(NotificationState.ARCHIVED, List.of(3, 0, 2), List.of(1, 2, 1));

        assertThat(Samples.decide(rules, archived))
                .isEqualTo(new Decision.MarkRead(
                        Samples.EVENT, mark(List.of(new MarkedState(ID, NotificationState.ARCHIVED, 2, 0)))));
        assertThat(Samples.decide(rules, marked(NotificationState.READ, List.of(2, 5), List.of(1, 1))))
                .isEqualTo(new Decision.MarkRead(
                        Samples.EVENT, mark(List.of(new MarkedState(ID, NotificationState.READ, 1, 5)))));
    }

    @Test
    void skipsAStateOfALaterVersion() {
        assertThat(Samples.decide(rules, marked(NotificationState.UNKNOWN, List.of(1), List.of(0))))
                .isEqualTo(new Decision.Skip("nothing_read"));
    }

    @ParameterizedTest
    @CsvSource({
        "ARCHIVED, -1, 0, markedRevisions contains a value below 0",
        "ARCHIVED, 0, 0, markedRounds contains a value below 1",
        "ARCHIVED, 1, -1, markedRounds contains a value below 0",
        "SEEN, 0, 0, markedRevisions contains a value below 1",
        "DELETED, 0, 1, markedRevisions contains a value below 1",
        "DELETED, 1, 1, markedRounds contains a value above 0 for a state that stays"
    })
    void refusesMarksThatCannotBe(NotificationState state, int revision, int round, String problem) {
        assertThat(Samples.decide(rules, marked(state, List.of(revision), List.of(round))))
                .isEqualTo(new Decision.Invalid(problem));
    }

    @Test
    void refusesMarksOfOtherLengths() {
        assertThat(Samples.decide(rules, marked(NotificationState.SEEN, List.of(1, 1), List.of(0))))
                .isEqualTo(new Decision.Invalid("markedRounds are not as many as markedIds"));
        assertThat(Samples.decide(
                        rules,
                        read().setMarkedAs(NotificationState.SEEN)
                                .setMarkedIds(List.of(ID.toString()))
                                .setMarkedRounds(List.of(0))
                                .build()))
                .isEqualTo(new Decision.Invalid("markedRevisions are not as many as markedIds"));
    }

    @Test
    void tellsWhatWasReadAgainAsWhatWasRead() {
        var again = new PushEvents(false)
                .marks(mark(List.of(new MarkedState(ID, NotificationState.READ, 2, 5))), new InboxCounts(1, 0));

        assertThat(again).singleElement().satisfies(push -> {
            assertThat(push.name()).isEqualTo("notifications-read");
            assertThat(push.data()).contains("\"notificationIds\":[\"" + ID + "\"],\"revisions\":[5]");
        });
    }

    @Test
    void tellsWhatWasSetApartFromWhatWasTakenBack() {
        var other = new UUID(3, 4);
        var pushes = new PushEvents(false)
                .marks(
                        mark(List.of(
                                new MarkedState(ID, NotificationState.ARCHIVED, 1, MarkedState.TAKEN_BACK),
                                new MarkedState(other, NotificationState.ARCHIVED, 0, 2))),
                        new InboxCounts(4, 3));

        assertThat(pushes)
                .extracting(PushEvent::data)
                .containsExactly(
                        "{\"userId\":\"ben\",\"state\":\"unarchived\",\"notificationIds\":[\"" + ID
                                + "\"],\"revisions\":[0],\"markedAt\":\"2026-01-01T12:00:00.120Z\","
                                + "\"unreadCount\":4,\"unseenCount\":3}",
                        "{\"userId\":\"ben\",\"state\":\"archived\",\"notificationIds\":[\"" + other
                                + "\"],\"revisions\":[2],\"markedAt\":\"2026-01-01T12:00:00.120Z\","
                                + "\"unreadCount\":4,\"unseenCount\":3}");
    }

    private static ReadMark read(List<Shown> notifications) {
        return new ReadMark("ben", notifications, Optional.empty(), List.of(), NOON);
    }

    private static ReadMark mark(List<MarkedState> marked) {
        return new ReadMark("ben", List.of(), Optional.empty(), marked, NOON);
    }

    /** Of one notification, as often as there are revisions. */
    private static NotificationsRead marked(NotificationState state, List<Integer> revisions, List<Integer> rounds) {
        return read().setMarkedAs(state)
                .setMarkedIds(Collections.nCopies(revisions.size(), ID.toString()))
                .setMarkedRevisions(revisions)
                .setMarkedRounds(rounds)
                .build();
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

package com.threadly.notification;

import static com.threadly.notification.SampleEvents.NOON;
import static com.threadly.notification.SampleEvents.message;
import static com.threadly.notification.SampleEvents.order;
import static com.threadly.notification.SampleEvents.read;
import static com.threadly.notification.SampleEvents.readAllUpTo;
import static com.threadly.notification.SampleEvents.shown;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.events.OrderStatus;
import com.threadly.localstack.testing.Servers;
import com.threadly.pusher.PushEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.Extension.class)
class ReadStateIT {

    private static final String UNREAD = """
            SELECT count(*) FROM notification LEFT JOIN inbox USING (user_id)
            WHERE user_id = 'ben' AND read_revision < revision AND coalesce(greatest(read_at, read_up_to) < last_event_at, true)
            """;

    private final ObjectMapper json = new ObjectMapper();
    private final InboxFixture inbox;

    ReadStateIT(Servers servers) {
        inbox = new InboxFixture(servers);
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    @Test
    void tellsTheUsersOtherDevicesHowManyAreLeft() throws Exception {
        inbox.storeAndPush(List.of(order(1, OrderStatus.SHIPPED), order(2, OrderStatus.SHIPPED), message(3)));
        UUID first = idOf("order-1");

        List<PushEvent> pushes = inbox.storeAndPush(List.of(read(1, "ben", NOON.plusSeconds(60), first)));

        assertThat(pushes).extracting(PushEvent::channel).containsExactly("private-user-ben");
        JsonNode payload = json.readTree(pushes.getFirst().data());
        assertThat(pushes.getFirst().name()).isEqualTo("notifications-read");
        assertThat(payload.at("/unreadCount").asInt()).isEqualTo(2);
        assertThat(payload.at("/notificationIds/0").asText()).isEqualTo(first.toString());
        assertThat(payload.at("/readAt").asText()).isEqualTo("2026-01-01T12:01:00.120Z");
    }

    @Test
    void tellsOfAReadOnceHoweverOftenItComes() throws Exception {
        inbox.storeAndPush(List.of(order(1, OrderStatus.SHIPPED)));
        var read = readAllUpTo(1, "ben", NOON.plusSeconds(60));
        assertThat(inbox.storeAndPush(List.of(read, read))).hasSize(1);
        inbox.awaitAllMarked();
        try (var other = inbox.another()) {
            assertThat(other.storeAndPush(List.of(read))).isEmpty();
        }
    }

    @Test
    void aReadThatComesBeforeItsNotificationHolds() throws Exception {
        inbox.storeAndPush(List.of(message(1)));
        UUID digest = UUID.fromString(
                inbox.query("SELECT id FROM notification WHERE user_id = 'ben'").getFirst());
        inbox.execute("DELETE FROM notification; DELETE FROM digest_message");

        inbox.storeAndPush(List.of(read(1, "ben", NOON.plusSeconds(60), digest)));
        assertThat(inbox.query("SELECT notification_id FROM early_read")).containsExactly(digest.toString());

        try (var other = inbox.another()) {
            assertThat(other.storeAndPush(List.of(message(1))))
                    .filteredOn(push -> push.channel().equals("private-user-ben"))
                    .singleElement()
                    .satisfies(push -> assertThat(push.data()).contains("\"read\":true"));
        }
        assertThat(inbox.query(UNREAD)).containsExactly("0");
        assertThat(inbox.query("SELECT notification_id FROM early_read")).isEmpty();
    }

    @Test
    void aMessageThatIsLaterThanTheReadMakesItsDigestUnreadAgain() throws Exception {
        inbox.storeAndPush(List.of(message(1), readAllUpTo(1, "ben", NOON.plusSeconds(5))));
        assertThat(inbox.query(UNREAD)).containsExactly("0");

        inbox.storeAndPush(List.of(message(4)));
        assertThat(inbox.query(UNREAD)).containsExactly("0");
        inbox.storeAndPush(List.of(message(9)));
        assertThat(inbox.query(UNREAD)).containsExactly("1");
    }

    @Test
    void nobodyReadsForSomebodyElse() throws Exception {
        inbox.storeAndPush(List.of(order(1, OrderStatus.SHIPPED)));

        inbox.storeAndPush(List.of(read(1, "mallory", NOON.plusSeconds(60), idOf("order-1"))));
        inbox.storeAndPush(List.of(order(1, OrderStatus.SHIPPED)));

        assertThat(inbox.query(UNREAD)).containsExactly("1");
    }

    @Test
    void nobodyReadsWhatIsStillToCome() throws Exception {
        inbox.storeAndPush(List.of(SampleEvents.readAllUpTo(1, "ben", NOON.plusSeconds(3_600), NOON.plusSeconds(10))));
        inbox.storeAndPush(List.of(order(5, OrderStatus.SHIPPED), order(20, OrderStatus.SHIPPED)));

        assertThat(inbox.query(UNREAD)).containsExactly("1");
    }

    /** Row and read mark are written concurrently, by workers that do not see each other's uncommitted data. */
    @Test
    void noReadIsLostBesideItsNotification() throws Exception {
        try (var other = inbox.another();
                var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 1; n <= 100; n++) {
                SpecificRecord order = order(n, OrderStatus.SHIPPED);
                UUID id = UUID.nameUUIDFromBytes("order/%s/BUYER/ben"
                        .formatted(order(n, OrderStatus.SHIPPED).getEventId())
                        .getBytes(StandardCharsets.UTF_8));
                SpecificRecord read = read(n, "ben", NOON.plusSeconds(3_600), id);
                var together = new CyclicBarrier(2);
                var row = workers.submit(() -> {
                    together.await();
                    return inbox.store(inbox.records(List.of(order)));
                });
                var mark = workers.submit(() -> {
                    together.await();
                    return other.store(other.records(List.of(read)));
                });
                row.get();
                mark.get();
            }
        }
        assertThat(inbox.query("SELECT count(*) FROM notification")).containsExactly("100");
        assertThat(inbox.query(UNREAD)).containsExactly("0");
    }

    @Test
    void givesTheSameRowsInAnyOrder(Servers servers) throws Exception {
        var history = new ArrayList<SpecificRecord>();
        for (int n = 0; n < 30; n++) {
            history.add(message(n, NOON.plusSeconds(n * 20L)));
            history.add(order(n, OrderStatus.SHIPPED));
        }
        inbox.storeAndPush(history);
        List<String> ids = inbox.query("SELECT id FROM notification WHERE user_id = 'ben' ORDER BY id");
        for (int n = 0; n < ids.size(); n += 3) {
            history.add(read(n, "ben", NOON.plusSeconds(n * 10L), UUID.fromString(ids.get(n))));
        }
        history.add(readAllUpTo(100, "ben", NOON.plusSeconds(10)));
        history.add(readAllUpTo(101, "ben", NOON.plusSeconds(70)));
        inbox.storeAndPush(history);

        for (int seed = 1; seed <= 5; seed++) {
            Collections.shuffle(history, new Random(seed));
            try (var other = new InboxFixture(servers)) {
                other.storeAndPush(history);
                assertThat(other.rows()).isEqualTo(inbox.rows());
                assertThat(other.query(UNREAD)).isEqualTo(inbox.query(UNREAD));
                assertThat(other.query("SELECT i::text FROM inbox i"))
                        .isEqualTo(inbox.query("SELECT i::text FROM inbox i"));
            }
        }
    }

    @Test
    void readIsWhatWasShownWhateverTheClocksSay() throws Exception {
        inbox.storeAndPush(List.of(order(600, OrderStatus.SHIPPED), message(9)));
        UUID digest = UUID.fromString(idOf("message", "ben"));

        // By a clock that is behind, and before the order that it has read.
        inbox.storeAndPush(List.of(shown(1, "ben", NOON, Map.of(idOf("order-600"), 1, digest, 1))));
        assertThat(inbox.query(UNREAD)).containsExactly("0");

        // An earlier message, which was not shown.
        inbox.storeAndPush(List.of(message(1)));
        assertThat(inbox.query(UNREAD)).containsExactly("1");
        // What happened before the mark and comes after it.
        inbox.storeAndPush(List.of(order(0, OrderStatus.SHIPPED, NOON.minusSeconds(60))));
        assertThat(inbox.query(UNREAD)).containsExactly("2");
    }

    @Test
    void aDigestTellsOfWhatIsUnread() throws Exception {
        inbox.storeAndPush(List.of(message(1), message(2), message(3)));
        UUID digest = UUID.fromString(idOf("message", "ben"));
        inbox.storeAndPush(List.of(shown(1, "ben", NOON, Map.of(digest, 3))));
        assertThat(titleOf(digest)).containsExactly("3 new messages from Ana");

        List<PushEvent> pushes = inbox.storeAndPush(List.of(message(4)));
        assertThat(titleOf(digest)).containsExactly("New message from Ana");
        JsonNode pushed = json.readTree(pushes.stream()
                .filter(push -> push.channel().equals("private-user-ben"))
                .findFirst()
                .orElseThrow()
                .data());
        assertThat(pushed.at("/metadata/count").asInt()).isEqualTo(1);
        assertThat(pushed.at("/revision").asInt()).isEqualTo(4);
        assertThat(pushed.at("/read").asBoolean(true)).isFalse();

        // The mark comes after two more.
        inbox.storeAndPush(List.of(message(5), message(6)));
        inbox.storeAndPush(List.of(shown(2, "ben", NOON, Map.of(digest, 4))));
        assertThat(titleOf(digest)).containsExactly("2 new messages from Ana");
        inbox.storeAndPush(List.of(shown(3, "ben", NOON, Map.of(digest, 6))));
        assertThat(titleOf(digest)).containsExactly("6 new messages from Ana");
        inbox.awaitAllMarked();
    }

    @Test
    void aDigestIsPushedAsReadsThatCameBeforeItLeaveIt() throws Exception {
        inbox.storeAndPush(List.of(message(1)));
        UUID digest = UUID.fromString(idOf("message", "ben"));
        inbox.execute("DELETE FROM notification; DELETE FROM digest_message");
        inbox.storeAndPush(List.of(shown(1, "ben", NOON, Map.of(digest, 2))));

        try (var other = inbox.another()) {
            assertThat(other.storeAndPush(List.of(message(1), message(2), message(3))))
                    .filteredOn(push -> push.channel().equals("private-user-ben"))
                    .singleElement()
                    .satisfies(push -> assertThat(push.data())
                            .contains("\"title\":\"New message from Ana\"", "\"revision\":3", "\"read\":false"));
        }
    }

    private List<String> titleOf(UUID id) {
        return inbox.query("SELECT title FROM notification WHERE id = '%s'".formatted(id));
    }

    private String idOf(String type, String userId) {
        return inbox.query("SELECT id FROM notification WHERE type = '%s' AND user_id = '%s'".formatted(type, userId))
                .getFirst();
    }

    private UUID idOf(String order) {
        return UUID.fromString(
                inbox.query("SELECT id FROM notification WHERE metadata ->> 'orderId' = '%s'".formatted(order))
                        .getFirst());
    }
}

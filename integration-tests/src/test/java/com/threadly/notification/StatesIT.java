package com.threadly.notification;

import static com.threadly.events.NotificationState.ARCHIVED;
import static com.threadly.events.NotificationState.DELETED;
import static com.threadly.events.NotificationState.READ;
import static com.threadly.events.NotificationState.SEEN;
import static com.threadly.notification.SampleEvents.NOON;
import static com.threadly.notification.SampleEvents.marked;
import static com.threadly.notification.SampleEvents.message;
import static com.threadly.notification.SampleEvents.order;
import static com.threadly.notification.SampleEvents.readAllUpTo;
import static com.threadly.notification.SampleEvents.shown;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.events.NotificationsRead;
import com.threadly.events.OrderStatus;
import com.threadly.localstack.testing.Servers;
import com.threadly.pusher.PushEvent;
import com.threadly.pusherserver.PusherServer;
import com.threadly.pusherserver.PusherServerOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What users mark otherwise than as read: seen, unread again, archived, deleted. */
@ExtendWith(Servers.Extension.class)
class StatesIT {

    private final ObjectMapper json = new ObjectMapper();
    private final InboxFixture inbox;

    StatesIT(Servers servers) {
        inbox = new InboxFixture(servers);
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    @Test
    void tellsOtherTabsOfEachStateAndOfWhatIsLeft() throws Exception {
        inbox.storeAndPush(
                List.of(order(1, OrderStatus.SHIPPED), order(2, OrderStatus.SHIPPED), order(3, OrderStatus.SHIPPED)));

        assertThat(told(marked(1, "ben", SEEN, idOf("order-1"), 1, 0))).isEqualTo("seen 3 2");
        assertThat(told(marked(2, "ben", ARCHIVED, idOf("order-2"), 1, 0))).isEqualTo("archived 2 1");
        assertThat(told(marked(3, "ben", DELETED, idOf("order-3"), 1, 0))).isEqualTo("deleted 1 0");
        assertThat(told(marked(4, "ben", ARCHIVED, idOf("order-2"), 0, 1))).isEqualTo("unarchived 2 1");
        assertThat(told(shown(5, "ben", NOON, Map.of(idOf("order-1"), 1, idOf("order-2"), 1))))
                .isEqualTo("notifications-read 0 0");
        assertThat(told(marked(6, "ben", READ, idOf("order-1"), 0, 1))).isEqualTo("unread 1 0");
        assertThat(told(marked(7, "ben", READ, idOf("order-1"), 1, 1))).isEqualTo("notifications-read 0 0");
    }

    @Test
    void aLateMarkOfALowerRoundChangesNothing() throws Exception {
        inbox.storeAndPush(List.of(order(1, OrderStatus.SHIPPED), message(1), message(2)));
        UUID digest = idOfDigest();
        inbox.storeAndPush(List.of(
                marked(1, "ben", READ, digest, 0, 1),
                shown(2, "ben", NOON, Map.of(digest, 2)),
                marked(3, "ben", ARCHIVED, digest, 0, 2),
                marked(4, "ben", ARCHIVED, digest, 2, 1)));

        assertThat(statesOf(digest)).containsExactly("(f,f,f,f)");
        inbox.storeAndPush(List.of(marked(5, "ben", READ, digest, 2, 1), marked(6, "ben", ARCHIVED, digest, 2, 2)));
        assertThat(statesOf(digest)).containsExactly("(t,f,t,f)");
    }

    @Test
    void whatMarksFromBeforeRevisionsReadCanBeUnreadAgain() throws Exception {
        inbox.storeAndPush(List.of(order(1, OrderStatus.SHIPPED), order(2, OrderStatus.SHIPPED)));
        inbox.storeAndPush(List.of(readAllUpTo(1, "ben", NOON.plusSeconds(60))));

        assertThat(told(marked(2, "ben", READ, idOf("order-1"), 0, 1))).isEqualTo("unread 1 1");
    }

    @Test
    void anotherMessageBringsADigestBackWithWhatIsNew() throws Exception {
        inbox.storeAndPush(List.of(message(1), message(2)));
        UUID digest = idOfDigest();

        inbox.storeAndPush(List.of(marked(1, "ben", ARCHIVED, digest, 2, 0)));
        assertThat(notificationOf(inbox.storeAndPush(List.of(message(3))))).contains("3 new messages from Ana");
        inbox.storeAndPush(List.of(marked(2, "ben", DELETED, digest, 3, 0)));
        assertThat(notificationOf(inbox.storeAndPush(List.of(message(4)))))
                .contains("New message from Ana", "\"revision\":4", "\"read\":false")
                .doesNotContain("seen", "archived");
    }

    @Test
    void unreadAgainIsAllOfADigest() throws Exception {
        inbox.storeAndPush(List.of(message(1), message(2)));
        UUID digest = idOfDigest();
        inbox.storeAndPush(List.of(shown(1, "ben", NOON, Map.of(digest, 2))));

        inbox.storeAndPush(List.of(marked(2, "ben", READ, digest, 0, 1)));
        assertThat(notificationOf(inbox.storeAndPush(List.of(message(3))))).contains("3 new messages from Ana");
    }

    @Test
    void whatWasDeletedBeforeItCameIsNotPushed() throws Exception {
        inbox.storeAndPush(List.of(message(1)));
        UUID digest = idOfDigest();
        inbox.execute("DELETE FROM notification; DELETE FROM digest_message");
        inbox.storeAndPush(List.of(marked(1, "ben", DELETED, digest, 1, 0), marked(2, "ben", SEEN, digest, 2, 0)));

        try (var other = inbox.another()) {
            assertThat(other.storeAndPush(List.of(message(1))))
                    .extracting(PushEvent::channel)
                    .doesNotContain("private-user-ben");
            other.awaitAllMarked();
            assertThat(notificationOf(other.storeAndPush(List.of(message(2))))).contains("\"seen\":true");
        }
    }

    @Test
    void nobodyMarksForSomebodyElse() throws Exception {
        inbox.storeAndPush(List.of(order(1, OrderStatus.SHIPPED)));

        inbox.storeAndPush(List.of(marked(1, "mallory", DELETED, idOf("order-1"), 1, 0)));
        inbox.storeAndPush(List.of(order(1, OrderStatus.SHIPPED)));

        assertThat(statesOf(idOf("order-1"))).containsExactly("(f,f,f,f)");
    }

    @Test
    void aRebuildGivesTheSameStatesAndBringsNothingBack(Servers servers) throws Exception {
        try (var topics = new TopicLog(servers);
                var empty = new InboxFixture(servers);
                var pusher = PusherServer.start(RunningWorker.APP, PusherServerOptions.defaults())) {
            var events = new ArrayList<SpecificRecord>(List.of(
                    order(1, OrderStatus.SHIPPED), order(2, OrderStatus.SHIPPED), message(1), message(2), message(3)));
            inbox.storeAndPush(events);
            List<SpecificRecord> marks = List.of(
                    marked(1, "ben", DELETED, idOf("order-1"), 1, 0),
                    marked(2, "ben", ARCHIVED, idOf("order-2"), 1, 0),
                    marked(3, "ben", ARCHIVED, idOf("order-2"), 0, 1),
                    marked(4, "ben", READ, idOf("order-2"), 0, 1),
                    marked(5, "ben", SEEN, idOfDigest(), 3, 0),
                    marked(6, "ben", DELETED, idOfDigest(), 2, 0));
            inbox.storeAndPush(marks);
            inbox.awaitAllMarked();
            events.addAll(marks);
            topics.publish(events);
            topics.commitAll();

            rebuild(servers, empty, pusher);
            assertThat(empty.query(ALL_STATES)).isEqualTo(inbox.query(ALL_STATES));
            assertThat(empty.rows()).isEqualTo(inbox.rows());
            assertThat(rebuild(servers, inbox, pusher, "--fresh")).contains("0 changed", "0 removed");
            assertThat(inbox.query(ALL_STATES)).isEqualTo(empty.query(ALL_STATES));
            assertThat(pusher.stats().eventsReceived()).isZero();
        }
    }

    private static final String ALL_STATES = """
            SELECT (id, read_round, read_revision, seen_revision, archived_round, archived_revision, deleted_revision)::text
            FROM notification ORDER BY id
            """;

    private static String rebuild(Servers servers, InboxFixture target, PusherServer pusher, String... options)
            throws Exception {
        var command = new ArrayList<>(List.of("rebuild"));
        command.addAll(List.of(options));
        Process process =
                RunningWorker.command(servers, target, pusher, command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** The event that the user's other tabs get, or the state in it, with the counts. */
    private String told(NotificationsRead mark) throws Exception {
        List<PushEvent> pushes = inbox.storeAndPush(List.of(mark));
        assertThat(pushes).extracting(PushEvent::channel).containsExactly("private-user-ben");
        PushEvent push = pushes.getFirst();
        JsonNode payload = json.readTree(push.data());
        return String.format(
                Locale.ROOT,
                "%s %d %d",
                payload.path("state").asText(push.name()),
                payload.path("unreadCount").asInt(-1),
                payload.path("unseenCount").asInt(-1));
    }

    private static String notificationOf(List<PushEvent> pushes) {
        return pushes.stream()
                .filter(push -> push.channel().equals("private-user-ben"))
                .map(PushEvent::data)
                .reduce((_, _) -> {
                    throw new AssertionError("more than one push");
                })
                .orElseThrow();
    }

    /** Read, seen, archived, deleted. */
    private List<String> statesOf(UUID id) {
        return inbox.query("""
                SELECT (read_revision >= revision, seen_revision >= revision, archived_revision >= revision,
                    deleted_revision >= revision)::text FROM notification WHERE id = '%s'
                """.formatted(id));
    }

    private UUID idOfDigest() {
        return UUID.fromString(inbox.query("SELECT id FROM notification WHERE type = 'message' AND user_id = 'ben'")
                .getFirst());
    }

    private UUID idOf(String order) {
        return UUID.fromString(
                inbox.query("SELECT id FROM notification WHERE metadata ->> 'orderId' = '%s'".formatted(order))
                        .getFirst());
    }
}

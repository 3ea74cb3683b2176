package com.threadly.notification;

import static com.threadly.notification.SampleEvents.NOON;
import static com.threadly.notification.SampleEvents.erased;
import static com.threadly.notification.SampleEvents.message;
import static com.threadly.notification.SampleEvents.messageOfEve;
import static com.threadly.notification.SampleEvents.order;
import static com.threadly.notification.SampleEvents.presence;
import static com.threadly.notification.SampleEvents.read;
import static com.threadly.notification.SampleEvents.readAllUpTo;
import static com.threadly.notification.SampleEvents.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.threadly.database.ErasureReport;
import com.threadly.database.ErasureReport.Removed;
import com.threadly.events.MessageSent;
import com.threadly.events.OrderStatus;
import com.threadly.events.UserStatus;
import com.threadly.localstack.testing.Servers;
import com.threadly.notification.inbox.ErasedUsers;
import com.threadly.pusher.PushEvent;
import com.threadly.pusherserver.PusherServer;
import com.threadly.pusherserver.PusherServerOptions;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.Extension.class)
class ErasureIT {

    /** Rows of Ben by table. */
    private static final String OF_BEN = """
            SELECT 'notification' FROM notification WHERE user_id = 'ben'
            UNION ALL SELECT 'message' FROM digest_message m
                WHERE NOT EXISTS (SELECT FROM notification WHERE id = m.notification_id)
            UNION ALL SELECT 'early read' FROM early_read WHERE user_id = 'ben'
            UNION ALL SELECT 'inbox' FROM inbox WHERE user_id = 'ben'
            UNION ALL SELECT 'presence' FROM user_presence WHERE user_id = 'ben'
            """;

    private static final String OF_OTHERS = "SELECT n::text FROM notification n WHERE user_id <> 'ben' ORDER BY id";

    private final Servers servers;
    private final InboxFixture inbox;

    ErasureIT(Servers servers) {
        this.servers = servers;
        this.inbox = new InboxFixture(servers);
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    @Test
    void keepsNothingOfTheUserAndAllOfTheOthers() throws Exception {
        storeAll();
        inbox.awaitAllMarked();
        List<String> others = inbox.query(OF_OTHERS);
        assertThat(inbox.query(OF_BEN)).contains("notification", "early read", "inbox", "presence");

        assertThat(inbox.storeAndPush(List.of(erased("ben")))).isEmpty();

        assertThat(inbox.query(OF_BEN)).isEmpty();
        assertThat(inbox.query(OF_OTHERS)).isEqualTo(others).isNotEmpty();
        assertThat(report("ben").removed())
                .extracting(Removed::what, Removed::rows)
                .containsExactly(
                        tuple("notifications", 3L),
                        tuple("messages of digests", 2L),
                        tuple("marks", 2L),
                        tuple("statuses", 1L),
                        tuple("names and words in digests of others", 0L));
        assertThat(report("ben").remaining()).isZero();
        assertThat(ErasedUsers.report(inbox.database(), "cid")).isEmpty();
    }

    @Test
    void whatComesLaterIsNeitherKeptNorPushed() throws Exception {
        inbox.storeAndPush(List.of(erased("ben")));

        List<PushEvent> pushed = storeAll();
        pushed.addAll(storeAll());

        assertThat(inbox.query(OF_BEN)).isEmpty();
        assertThat(pushed)
                .extracting(PushEvent::channel)
                .doesNotContain("private-user-ben")
                .contains("private-user-cid");
        assertThat(pushed).as("once").doesNotHaveDuplicates();
        assertThat(report("ben").remaining()).isZero();
    }

    @Test
    void aBatchOfAnErasedUserGrowsTheDigestsOfOthers() throws Exception {
        inbox.storeAndPush(List.of(message(1), erased("ben"), message(2)));
        inbox.storeAndPush(List.of(message(3)));

        assertThat(inbox.query("SELECT user_id || revision FROM notification")).containsExactly("cid3");
        assertThat(inbox.query(OF_BEN)).isEmpty();
    }

    @Test
    void othersStillSeeThatMessagesCameButNeitherNameNorWords() throws Exception {
        inbox.storeAndPush(List.of(messageOfEve(1, NOON), messageOfEve(2, NOON)));
        inbox.awaitAllMarked();
        assertThat(texts())
                .containsExactly("ben: 2 new messages from Eve: Text 2", "dan: 2 new messages from Eve: Text 2");

        assertThat(inbox.storeAndPush(List.of(erased("eve")))).isEmpty();

        assertThat(texts())
                .containsExactly(
                        "ben: 2 new messages: Open the conversation to see it.",
                        "dan: 2 new messages: Open the conversation to see it.");
        assertThat(inbox.query("SELECT sender_name || preview FROM digest_message"))
                .containsOnly("");
        assertThat(report("eve").removed().getLast().rows()).isEqualTo(4);
        assertThat(report("eve").remaining()).isZero();

        List<PushEvent> pushed = inbox.storeAndPush(List.of(messageOfEve(1, NOON), messageOfEve(3, NOON)));

        assertThat(texts())
                .containsExactly(
                        "ben: 3 new messages: Open the conversation to see it.",
                        "dan: 3 new messages: Open the conversation to see it.");
        assertThat(pushed)
                .hasSize(2)
                .allSatisfy(push ->
                        assertThat(push.data()).contains("3 new messages").doesNotContain("Eve", "Text"));
        assertThat(inbox.query("SELECT sender_name || preview FROM digest_message"))
                .containsOnly("");
    }

    @Test
    void largeInboxesGoInSteps() throws Exception {
        inbox.execute("""
                INSERT INTO notification SELECT gen_random_uuid(), 'ben', 'order', 'Title', 'Text', '{}', now(), now(), 1
                FROM generate_series(1, 2500)
                """);

        inbox.storeAndPush(List.of(erased("ben")));

        assertThat(inbox.query(OF_BEN)).isEmpty();
        assertThat(report("ben").removed().getFirst().rows()).isEqualTo(2_500);
    }

    @Test
    void aRowThatSomebodyElseRemovesMeanwhileEndsNothing() throws Exception {
        inbox.execute("""
                INSERT INTO notification SELECT gen_random_uuid(), 'ben', 'order', 'Title', 'Text', '{}', now(), now(), 1
                FROM generate_series(1, 2500)
                """);

        // As retention does, of one that the erasure has picked: the first that it finds.
        eraseWhile(
                "SELECT FROM notification WHERE id = (SELECT id FROM notification WHERE user_id = 'ben' LIMIT 1) FOR UPDATE",
                "DELETE FROM notification WHERE id = (SELECT id FROM notification WHERE user_id = 'ben' LIMIT 1)");

        assertThat(inbox.query(OF_BEN)).isEmpty();
    }

    @Test
    void aMessageThatIsBeingAddedToADigestGoesWithIt() throws Exception {
        inbox.storeAndPush(List.of(message(1)));

        eraseWhile("SELECT FROM notification WHERE user_id = 'ben' FOR NO KEY UPDATE", """
                INSERT INTO digest_message
                SELECT notification_id, 'message-2', event_id, sender_id, sender_name, preview, occurred_at
                FROM digest_message JOIN notification ON id = notification_id WHERE user_id = 'ben'
                """);

        assertThat(inbox.query(OF_BEN)).isEmpty();
    }

    /** Erases Ben, who waits for a transaction that has {@code locked} rows and then does {@code work}. */
    private void eraseWhile(String locked, String work) throws Exception {
        try (Connection writer = inbox.locking(locked);
                var statement = writer.createStatement()) {
            statement.execute(work);
            CompletableFuture<Void> erasure = CompletableFuture.runAsync(() -> {
                try {
                    inbox.storeAndPush(List.of(erased("ben")));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> !inbox.query(
                            "SELECT 'waits' FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                    .isEmpty());
            writer.commit();
            erasure.join();
        }
    }

    @Test
    void whoWritesDuringAnErasureLeavesNothing() throws Exception {
        for (int round = 0; round < 5; round++) {
            String user = "user-" + round;
            List<SpecificRecord> requests = new ArrayList<>();
            for (int n = 0; n < 30; n++) {
                requests.add(request(100 * round + n, NOON).setUserId(user).build());
            }
            try (InboxFixture another = inbox.another()) {
                CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> requests.forEach(one -> {
                    try {
                        another.storeAndPush(List.of(one));
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }));
                await().pollInterval(Duration.ofMillis(5))
                        .until(() -> !inbox.query("SELECT id FROM notification").isEmpty());
                inbox.storeAndPush(List.of(erased(user)));
                writer.join();
            }
            assertThat(inbox.query("SELECT id FROM notification")).isEmpty();
        }
    }

    @Test
    void noRebuildBringsItBackAndTheCommandReportsIt() throws Exception {
        String user = servers.unique("erased");
        String sender = servers.unique("erased");
        try (var topics = new TopicLog(servers);
                var empty = new InboxFixture(servers);
                var pusher = PusherServer.start(RunningWorker.APP, PusherServerOptions.defaults())) {
            List<SpecificRecord> events = List.of(
                    request(1, NOON).setUserId(user).build(),
                    request(2, NOON).build(),
                    read(3, user, NOON, UUID.randomUUID()),
                    MessageSent.newBuilder(messageOfEve(1, NOON))
                            .setSenderId(sender)
                            .setRecipientIds(List.of("ben", user))
                            .build(),
                    erased(sender),
                    erased(user),
                    request(4, NOON).setUserId(user).build());
            topics.publish(events);
            inbox.storeAndPush(events);
            inbox.awaitAllMarked();
            topics.commitAll();

            for (List<String> command : List.of(
                    List.of("rebuild"),
                    List.of("rebuild", "--topics=notification-events,message-events", "--from=2020-01-01T00:00:00Z"),
                    List.of("rebuild", "--fresh"))) {
                assertThat(run(inbox, pusher, command)).contains("2 equal, 0 removed");
                assertThat(run(empty, pusher, command)).contains("2 rows added");
                assertThat(empty.rows()).isEqualTo(inbox.rows()).hasSize(2);
                assertThat(empty.messagesOfDigests())
                        .isEqualTo(inbox.messagesOfDigests())
                        .hasSize(1);
                assertThat(empty.query("SELECT user_id FROM early_read")).isEmpty();
                empty.execute("TRUNCATE notification, digest_message, erased_user");
            }
            assertThat(run(inbox, pusher, List.of("erasure", user)))
                    .contains("erased as of " + NOON + "; removed: 3 notifications, 1 messages of digests, 1 marks,"
                            + " 0 statuses, 0 names and words in digests of others; left: 0");

            // As if the database had been restored from a backup of before.
            inbox.execute("TRUNCATE erased_user");
            inbox.execute("INSERT INTO notification SELECT gen_random_uuid(), '" + user
                    + "', 'order', 'Title', 'Text', '{}', now(), now(), 1");
            run(inbox, pusher, List.of("rebuild"));
            assertThat(inbox.query("SELECT id FROM notification WHERE user_id = '" + user + "'"))
                    .isEmpty();
            assertThat(pusher.stats().eventsReceived()).isZero();
        }
    }

    @Test
    void aRunningWorkerReadsErasures() throws Exception {
        String user = servers.unique("erased");
        try (var topics = new TopicLog(servers);
                var pusher = PusherServer.start(RunningWorker.APP, PusherServerOptions.defaults());
                var worker = RunningWorker.launch(servers, inbox, pusher).awaitReady()) {
            topics.publish(List.of(request(1, NOON).setUserId(user).build()));
            await().until(() -> pusher.stats().eventsReceived() == 1);

            topics.publish(List.of(erased(user)));
            await().until(() -> ErasedUsers.report(inbox.database(), user)
                    .filter(report -> report.removed().getFirst().rows() == 1 && report.remaining() == 0)
                    .isPresent());
            topics.publish(List.of(request(2, NOON).setUserId(user).build(), readAllUpTo(3, user, NOON)));
            topics.publish(List.of(request(4, NOON).build()));
            topics.awaitAllHandled();
            worker.stop();

            assertThat(inbox.query("SELECT user_id FROM notification")).containsExactly("ben");
            assertThat(inbox.query("SELECT user_id FROM inbox")).isEmpty();
            assertThat(pusher.stats().eventsReceived()).isEqualTo(2);
        }
    }

    private List<String> texts() {
        return inbox.query("SELECT user_id || ': ' || title || ': ' || message FROM notification ORDER BY user_id");
    }

    /** Three rows of Ben, one of them a digest of two messages, two marks, and his presence. */
    private List<PushEvent> storeAll() throws Exception {
        var pushed = new ArrayList<PushEvent>();
        pushed.addAll(inbox.storeAndPush(List.of(order(1, OrderStatus.SHIPPED), order(2, OrderStatus.DELIVERED))));
        pushed.addAll(inbox.storeAndPush(List.of(message(1), message(2))));
        pushed.addAll(inbox.storeAndPush(
                List.of(read(1, "ben", NOON, UUID.randomUUID()), readAllUpTo(2, "ben", NOON.minusSeconds(60)))));
        pushed.addAll(inbox.storeAndPush(List.of(presence("ben", UserStatus.ONLINE, NOON))));
        return pushed;
    }

    private ErasureReport report(String user) throws Exception {
        return ErasedUsers.report(inbox.database(), user).orElseThrow();
    }

    private String run(InboxFixture target, PusherServer pusher, List<String> arguments) throws Exception {
        Process process =
                RunningWorker.command(servers, target, pusher, arguments).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}

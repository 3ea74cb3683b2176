package com.threadly.notification;

import static com.threadly.notification.SampleEvents.NOON;
import static com.threadly.notification.SampleEvents.message;
import static com.threadly.notification.SampleEvents.order;
import static com.threadly.notification.SampleEvents.payment;
import static com.threadly.notification.SampleEvents.read;
import static com.threadly.notification.SampleEvents.readAllUpTo;
import static com.threadly.notification.SampleEvents.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.events.OrderStatus;
import com.threadly.events.PaymentStatus;
import com.threadly.localstack.testing.Servers;
import com.threadly.pusherserver.Fault;
import com.threadly.pusherserver.PusherServer;
import com.threadly.pusherserver.PusherServerOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worker's own jar, run with {@code rebuild}, next to a live inbox. */
@ExtendWith(Servers.Extension.class)
class RebuildIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Servers servers;
    private final InboxFixture live;
    private TopicLog topics;

    RebuildIT(Servers servers) {
        this.servers = servers;
        this.live = new InboxFixture(servers);
    }

    @BeforeEach
    void open() throws Exception {
        topics = new TopicLog(servers);
    }

    @AfterEach
    void close() {
        topics.close();
        live.close();
    }

    @Test
    void intoAnEmptyDatabaseItGivesTheRowsOfTheLiveOne() throws Exception {
        handled(history());
        try (var empty = new InboxFixture(servers)) {
            String added = rebuild(empty);

            assertThat(empty.rows()).isEqualTo(live.rows()).hasSizeGreaterThan(60);
            assertThat(reads(empty)).isEqualTo(reads(live)).isNotEmpty();
            assertThat(empty.messagesOfDigests()).isEqualTo(live.messagesOfDigests());
            assertThat(unpushed(empty)).isEmpty();
            assertThat(added)
                    .contains(String.format(
                            Locale.ROOT,
                            "rebuilt: %d rows added, 0 changed, 0 equal, 0 removed",
                            live.rows().size()));
            assertThat(rebuild(empty))
                    .contains(String.format(
                            Locale.ROOT,
                            "rebuilt: 0 rows added, 0 changed, %d equal",
                            live.rows().size()));
            // No later reader of the topics pushes what they contain.
            assertThat(empty.storeAndPush(history()))
                    .extracting(push -> push.name())
                    .doesNotContain("notification");
        }
    }

    @Test
    void mendsWhatDiffersAndSaysSoBefore() throws Exception {
        handled(history());
        List<String> rows = live.rows();
        live.execute(
                "UPDATE notification SET title = 'Spoiled' WHERE metadata ->> 'orderId' IN ('order-1', 'order-2')");
        live.execute("DELETE FROM notification WHERE metadata ->> 'orderId' IN ('order-3', 'order-4', 'order-5')");
        List<String> spoiled = live.rows();

        assertThat(rebuild(live, "--dry-run"))
                .contains(String.format(
                        Locale.ROOT,
                        "dry run, nothing was changed: 3 rows added, 2 changed, %d equal",
                        rows.size() - 5));
        assertThat(live.rows()).isEqualTo(spoiled);
        assertThat(rebuild(live))
                .contains(String.format(Locale.ROOT, "3 rows added, 2 changed, %d equal", rows.size() - 5));
        assertThat(live.rows()).isEqualTo(rows);
        assertThat(unpushed(live)).isEmpty();
    }

    @Test
    void aDryRunOfSomeTopicsSaysWhatTheRunThenDoes() throws Exception {
        handled(history());
        live.execute("UPDATE notification SET title = 'Spoiled' WHERE metadata ->> 'orderId' = 'order-1'");
        String expected = "0 rows added, 1 changed, 59 equal, 0 removed";

        assertThat(rebuild(live, "--dry-run", "--topics=order-events")).contains("nothing was changed: " + expected);
        assertThat(rebuild(live, "--topics=order-events")).contains("rebuilt: " + expected);
    }

    @Test
    void aDryRunDoesNotMigrate() throws Exception {
        handled(history());
        live.execute("DELETE FROM notification_migration WHERE version = (SELECT max(version::int)::text FROM"
                + " notification_migration)");

        Ended refused = run(live, "--dry-run");

        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
        assertThat(refused.output()).contains("the tables are not of this version", ".sql");
    }

    @Test
    void readsOfRevisionsGiveTheSameRowsAgain() throws Exception {
        handled(history());
        List<UUID> digests =
                live.query("SELECT id FROM notification WHERE type = 'message' AND user_id = 'ben'").stream()
                        .map(UUID::fromString)
                        .toList();
        handled(List.of(
                shown(1, "ben", NOON, Map.of(digests.getFirst(), 3)),
                shown(2, "ben", NOON, Map.of(digests.getFirst(), 5, digests.getLast(), 100)),
                shown(3, "cid", NOON, Map.of(digests.getFirst(), 7))));
        try (var empty = new InboxFixture(servers)) {
            rebuild(empty);
            assertThat(empty.rows()).isEqualTo(live.rows());
            assertThat(rebuild(empty)).contains("rebuilt: 0 rows added, 0 changed");
        }
        List<String> rows = live.rows();
        assertThat(rebuild(live, "--fresh")).contains("rebuilt: 0 rows added, 0 changed", " 0 removed");
        assertThat(live.rows()).isEqualTo(rows);
    }

    /** A producer's mistake. */
    @Test
    void ofTwoEventsWithOneIdTheSameCountsHoweverOftenItIsRebuilt() throws Exception {
        var order = order(1, OrderStatus.SHIPPED);
        var otherOrder = order(1, OrderStatus.SHIPPED);
        otherOrder.put(otherOrder.getSchema().getField("productTitle").pos(), "Wool coat");
        var message = message(1);
        var otherMessage = message(1);
        otherMessage.put(otherMessage.getSchema().getField("content").pos(), "Other");
        try (var reversed = new InboxFixture(servers)) {
            reversed.storeAndPush(List.of(otherOrder, otherMessage));
            reversed.storeAndPush(List.of(order, message));
            handled(List.of(order, message));
            handled(List.of(otherOrder, otherMessage));
            assertThat(live.rows()).isEqualTo(reversed.rows());
        }
        List<String> rows = live.rows();

        assertThat(rebuild(live)).contains("rebuilt: 0 rows added, 0 changed, 3 equal");
        assertThat(rebuild(live, "--fresh")).contains("rebuilt: 0 rows added, 0 changed, 3 equal");
        assertThat(live.rows()).isEqualTo(rows);
    }

    @Test
    void aFreshOneLosesNothingThatSomebodyHasAdded() throws Exception {
        handled(history());
        List<String> rows = live.rows();
        live.execute("""
                ALTER TABLE notification SET (autovacuum_vacuum_scale_factor = 0.01);
                CREATE INDEX ours ON notification (created_at);
                ALTER TABLE notification ADD CONSTRAINT positive CHECK (revision > 0);
                CREATE PUBLICATION for_search FOR TABLE notification;
                GRANT SELECT (title) ON notification TO PUBLIC;
                CREATE POLICY own ON notification USING (true); ALTER TABLE inbox ENABLE ROW LEVEL SECURITY;
                ALTER TABLE early_read REPLICA IDENTITY FULL;
                CREATE VIEW titles AS SELECT title FROM notification;
                """);

        for (String option : List.of("--fresh", "--fresh --dry-run")) {
            Ended refused = run(live, option.split(" ", -1));
            assertThat(refused.exitCode()).as(refused.output()).isEqualTo(4);
            assertThat(refused.output())
                    .contains(
                            "nothing was changed",
                            "notification: storage option autovacuum_vacuum_scale_factor=0.01",
                            "notification: index ours",
                            "notification: constraint positive",
                            "notification: publication for_search",
                            "notification: privileges on the column title",
                            "notification: row policy own",
                            "inbox: row security",
                            "early_read: tablespace, persistence, partitions or replica identity",
                            "notification: view titles");
        }
        assertThat(live.rows()).isEqualTo(rows);
    }

    @Test
    void showsNothingAgainThatRetentionHasRemoved() throws Exception {
        handled(shipped(0, 60));
        live.execute("CREATE TABLE seen (orders bigint); CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN INSERT INTO seen SELECT count(*) FROM notification; RETURN NULL; END $$;"
                + " CREATE TRIGGER see AFTER INSERT ON notification EXECUTE FUNCTION see();"
                + " DELETE FROM notification WHERE id NOT IN (SELECT id FROM notification ORDER BY last_event_at DESC"
                + " LIMIT 10)");

        assertThat(rebuild(live, Map.of("INBOX_MAX_ROWS", "10")))
                .contains("rebuilt: 0 rows added, 0 changed, 10 equal");
        assertThat(live.query("SELECT max(orders) FROM seen")).containsExactly("10");

        live.execute("DELETE FROM notification");
        assertThat(rebuild(live, Map.of("NOTIFICATION_RETENTION", "1d"))).contains("rebuilt: 0 rows added");
        assertThat(live.query("SELECT max(orders) FROM seen")).containsExactly("10");
    }

    @Test
    void aTopicThatTheWorkerHasCommittedNothingOfIsLeftToIt() throws Exception {
        topics.publish(history());
        topics.commitOnly("message-events");

        assertThat(rebuild(live, "--topics=order-events")).contains("rebuilt: 0 rows added");
        assertThat(live.rows()).isEmpty();
    }

    @Test
    void leavesToTheWorkerWhatIsItsOwn() throws Exception {
        handled(history());
        topics.publish(List.of(order(900, OrderStatus.SHIPPED)));

        rebuild(live);

        assertThat(live.query("SELECT id FROM notification WHERE metadata ->> 'orderId' = 'order-900'"))
                .isEmpty();
    }

    @Test
    void swapsFreshTablesInBesideTheWorker() throws Exception {
        handled(history());
        List<String> rows = live.rows();
        live.execute("GRANT SELECT ON notification TO PUBLIC");
        live.execute("UPDATE notification SET title = 'Spoiled' WHERE metadata ->> 'orderId' = 'order-1'");
        live.execute("""
                INSERT INTO notification SELECT gen_random_uuid(), user_id, type, title, message, metadata, created_at,
                    last_event_at, revision, read_at, pushed_at FROM notification WHERE metadata ->> 'orderId' = 'order-2'
                """);
        // One row that the worker has pushed but not committed, one that it has only stored, one that it does not know.
        var pushed = order(901, OrderStatus.SHIPPED);
        var stored = order(902, OrderStatus.SHIPPED);
        var unknown = order(903, OrderStatus.SHIPPED);
        topics.publish(List.of(pushed, stored, unknown));
        live.storeAndPush(List.of(pushed));
        live.awaitAllMarked();
        try (var crashed = live.another()) {
            crashed.store(crashed.records(List.of(stored)));
        }

        assertThat(rebuild(live, "--fresh", "--may-remove=1"))
                .contains("rebuilt: 0 rows added, 1 changed", "1 removed");

        assertThat(unpushed(live)).containsExactlyInAnyOrder("order-902", "order-903");
        assertThat(live.storeAndPush(List.of(pushed, stored, unknown)))
                .filteredOn(push -> push.name().equals("notification"))
                .hasSize(2);
        live.execute(
                "DELETE FROM notification WHERE metadata ->> 'orderId' IN ('order-901', 'order-902', 'order-903')");
        assertThat(live.rows()).isEqualTo(rows);
        assertThat(live.query("SELECT 'yes' WHERE has_table_privilege('postgres', 'notification', 'SELECT')"))
                .isNotEmpty();
        assertThat(live.query("SELECT 'yes' FROM information_schema.role_table_grants WHERE grantee = 'PUBLIC' AND"
                        + " table_name = 'notification'"))
                .isNotEmpty();
        assertThat(live.query("SELECT 'left' FROM pg_namespace WHERE nspname LIKE '%rebuild'"))
                .isEmpty();
    }

    @Test
    void goesOnWhereItWasKilled() throws Exception {
        handled(history());
        try (var empty = new InboxFixture(servers)) {
            // Rows come last, and cannot be written while this is held.
            try (var holder = empty.locking("LOCK TABLE digest_message IN EXCLUSIVE MODE")) {
                Process first = launch(empty);
                await().atMost(LIMIT)
                        .until(() -> empty.query("SELECT count(*) FROM notification WHERE type <> 'message'")
                                .equals(live.query("SELECT count(*) FROM notification WHERE type <> 'message'")));
                first.destroyForcibly().waitFor();
                holder.rollback();
            }
            assertThat(empty.rows()).isNotEqualTo(live.rows());

            assertThat(rebuild(empty))
                    .contains(String.format(
                            Locale.ROOT,
                            "rebuilt: %d rows added, 0 changed, 0 equal",
                            live.rows().size()));
            assertThat(empty.rows()).isEqualTo(live.rows());
            assertThat(empty.query("SELECT 'left' FROM rebuild")).isEmpty();
        }
    }

    @Test
    void aFreshOneGoesOnWhereItWasKilled() throws Exception {
        List<SpecificRecord> history = history();
        int half = history.size() / 2;
        handled(history.subList(0, half));
        try (var holder = live.locking("LOCK TABLE notification IN ACCESS EXCLUSIVE MODE")) {
            // It has filled its tables, and is about to compare them.
            Process first = launch(live, "--fresh");
            awaitStatementThatWaits();
            first.destroyForcibly().waitFor();
            holder.rollback();
        }
        handled(history.subList(half, history.size()));
        List<String> rows = live.rows();

        int left = history.size() - half;
        assertThat(rebuild(live, "--fresh"))
                .contains(
                        "continues where it stopped",
                        String.format(Locale.ROOT, "rebuild: %d of %d records", left, left),
                        String.format(
                                Locale.ROOT, "rebuilt: 0 rows added, 0 changed, %d equal, 0 removed", rows.size()));
        assertThat(live.rows()).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fresh", "--topics=order-events"})
    void asLongAsOneRunsNoOtherBegins(String option) throws Exception {
        handled(history());
        live.execute("UPDATE notification SET title = 'Spoiled' WHERE metadata ->> 'orderId' = 'order-1'");
        List<String> rows = live.rows();
        try (var holder = live.locking("LOCK TABLE notification IN ACCESS EXCLUSIVE MODE")) {
            Process first = launch(live, option);
            awaitStatementThatWaits();
            // While stopped, it keeps its lock, however long the others take.
            signal(first, "STOP");
            holder.rollback();

            for (String second : List.of("--fresh", "--dry-run", "--user=ben")) {
                Ended refused = run(live, second);
                assertThat(refused.exitCode()).as(refused.output()).isEqualTo(5);
                assertThat(refused.output())
                        .contains(
                                "another rebuild of this inbox is running: \"topics=order-events",
                                "process " + first.pid());
            }
            signal(first, "CONT");
            String output = new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(first.waitFor()).as(output).isZero();
            assertThat(output).contains("rebuilt: 0 rows added, 1 changed", " 0 removed");
        }
        assertThat(live.rows()).hasSameSizeAs(rows).noneMatch(row -> row.contains("Spoiled"));
        assertThat(live.query("SELECT id FROM rebuild_run")).isEmpty();
    }

    @Test
    void oneWhoseLockIsLostTakesItAgainAndStopsWhenAnotherHasTakenOver() throws Exception {
        handled(history());
        // Reads come first, and are retried while this is held.
        try (var holder = live.locking("LOCK TABLE inbox IN EXCLUSIVE MODE")) {
            Process first = launch(live);
            await().atMost(LIMIT).until(() -> lockSessions().size() == 1);
            List<String> session = lockSessions();

            live.query("SELECT pg_terminate_backend(%s)".formatted(session.getFirst()));
            await().atMost(LIMIT)
                    .until(() -> lockSessions().size() == 1 && !lockSessions().equals(session));
            Ended refused = run(live, "--dry-run");
            assertThat(refused.exitCode()).as(refused.output()).isEqualTo(5);

            live.execute("UPDATE rebuild_run SET id = gen_random_uuid()");
            holder.rollback();
            Ended stopped = ended(first);
            assertThat(stopped.exitCode()).as(stopped.output()).isEqualTo(5);
            assertThat(stopped.output()).contains("another one has taken over");
        }
        assertThat(rebuild(live)).contains("0 rows added, 0 changed");
    }

    @Test
    void aFreshOneRemovesNoMoreThanItMay() throws Exception {
        handled(history());
        List<String> known = live.rows();
        // One of them dated by a clock that is ahead.
        live.execute("""
                INSERT INTO notification SELECT gen_random_uuid(), user_id, type, title, message, metadata, created_at,
                    last_event_at + days * interval '1 day', revision, read_at, pushed_at
                FROM notification, unnest(ARRAY[0, 1, 100000]) AS days WHERE metadata ->> 'orderId' = 'order-2'
                """);
        List<String> rows = live.rows();

        for (List<String> options : List.of(
                List.of("--fresh"), List.of("--fresh", "--may-remove=1"), List.of("--fresh", "--may-remove=2"))) {
            Ended refused = run(live, options.toArray(String[]::new));
            assertThat(refused.exitCode()).as(refused.output()).isEqualTo(4);
            assertThat(refused.output())
                    .contains(String.format(
                            Locale.ROOT,
                            "nothing was changed: --fresh would remove %d rows that do not follow from the topics",
                            options.contains("--may-remove=2") ? 3 : 2));
            assertThat(live.rows()).isEqualTo(rows);
        }
        assertThat(rebuild(live, "--fresh", "--may-remove=3"))
                .contains("continues where it stopped", "message-events no longer has its first ");
        assertThat(live.rows()).isEqualTo(known);
    }

    @Test
    void onePushesWhatWasNotPushedWhenItWasKilled() throws Exception {
        handled(history());
        List<String> rows = live.rows();
        live.execute("DELETE FROM notification WHERE metadata ->> 'orderId' IN ('order-1', 'order-2')");
        try (var pusher = PusherServer.start(RunningWorker.APP, PusherServerOptions.defaults())) {
            pusher.faults().always(new Fault.Status(503, null));
            Process first = launch(live, pusher, "--push");
            await().atMost(LIMIT).until(() -> live.rows().size() == rows.size());
            first.destroyForcibly().waitFor();
            assertThat(unpushed(live)).containsExactlyInAnyOrder("order-1", "order-2");
            pusher.faults().clear();

            rebuild(live, pusher, "--push");

            assertThat(pusher.stats().eventsReceived()).isEqualTo(2);
            assertThat(unpushed(live)).isEmpty();
            assertThat(live.rows()).isEqualTo(rows);
        }
    }

    @Test
    void keepsToTheTimesThatAreAskedFor() throws Exception {
        Instant first = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(3));
        Instant second = first.plus(Duration.ofHours(1));
        Instant third = first.plus(Duration.ofHours(2));
        topics.publish(shipped(0, 10), first);
        topics.publish(shipped(10, 20), second);
        topics.publish(shipped(20, 30), third);
        topics.commitAll();

        assertThat(rebuild(live, "--from", second.toString(), "--to", third.toString()))
                .contains("rebuilt: 10 rows added, 0 changed, 0 equal, 0 removed");
        assertThat(orders()).containsExactlyInAnyOrderElementsOf(names(10, 20));
        assertThat(rebuild(live, "--to", second.toString())).contains("10 rows added, 0 changed, 0 equal");
        assertThat(orders()).containsExactlyInAnyOrderElementsOf(names(0, 20));
        assertThat(rebuild(live)).contains("10 rows added, 0 changed, 20 equal");
        assertThat(orders()).containsExactlyInAnyOrderElementsOf(names(0, 30));
    }

    @Test
    void pushesToOneUserWhenAsked() throws Exception {
        handled(history());
        live.execute("DELETE FROM notification WHERE metadata ->> 'orderId' IN ('order-1', 'order-2')");
        try (var pusher = PusherServer.start(RunningWorker.APP, PusherServerOptions.defaults())) {
            rebuild(live, pusher, "--user", "ben", "--push", "--topics", "order-events");

            await().atMost(LIMIT).until(() -> pusher.stats().eventsReceived() == 2);
            assertThat(unpushed(live)).isEmpty();
            rebuild(live, pusher, "--push");
            assertThat(pusher.stats().eventsReceived()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--topics=order-events", "--fresh"})
    void aWorkerThatGoesOnMeanwhileLosesAndRepeatsNothing(String option) throws Exception {
        try (var pusher = PusherServer.start(RunningWorker.APP, PusherServerOptions.defaults());
                var worker = RunningWorker.launch(servers, live, pusher).awaitReady()) {
            int ordered = 500;
            topics.publish(shipped(0, ordered));
            await().atMost(LIMIT).until(() -> orders().size() > 100);
            Process rebuild = launch(live, pusher, option);
            var output = drained(rebuild);
            while (rebuild.isAlive()) {
                topics.publish(shipped(ordered, ordered + 20));
                ordered += 20;
                int few = ordered - 200;
                await().atMost(LIMIT).until(() -> orders().size() >= few);
            }
            topics.publish(shipped(ordered, ordered + 20));
            int all = ordered + 20;

            assertThat(rebuild.waitFor()).as(output.get()).isZero();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(orders()).hasSize(all).containsAll(names(0, all)));
            await().atMost(LIMIT).until(() -> unpushed(live).isEmpty());
            worker.stop();
            assertThat(pusher.stats().eventsReceived()).isEqualTo(InboxRig.pushes(all));
        }
    }

    /** The worker has stored and pushed all of it, and committed. */
    private void handled(List<SpecificRecord> events) throws Exception {
        topics.publish(events);
        live.storeAndPush(events);
        live.awaitAllMarked();
        topics.commitAll();
    }

    private static List<SpecificRecord> history() {
        var events = new ArrayList<SpecificRecord>();
        for (int n = 0; n < 60; n++) {
            events.add(order(n, OrderStatus.SHIPPED));
            events.add(message(n, NOON.plusSeconds(n * 20L)));
            events.add(payment(1_000 + n, PaymentStatus.SUCCEEDED));
        }
        for (int n = 0; n < 60; n += 7) {
            UUID id = UUID.nameUUIDFromBytes("order/%s/BUYER/ben"
                    .formatted(order(n, OrderStatus.SHIPPED).getEventId())
                    .getBytes(StandardCharsets.UTF_8));
            events.add(read(n, "ben", NOON.plusSeconds(3_600), id));
        }
        events.add(readAllUpTo(1_000, "cid", NOON.plusSeconds(100)));
        return events;
    }

    private static List<SpecificRecord> shipped(int from, int to) {
        return IntStream.range(from, to)
                .<SpecificRecord>mapToObj(number -> order(number, OrderStatus.SHIPPED))
                .toList();
    }

    private static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> "order-" + number).toList();
    }

    private List<String> orders() {
        return live.query("SELECT metadata ->> 'orderId' FROM notification");
    }

    private static List<String> reads(InboxFixture inbox) {
        return inbox.query("SELECT i::text FROM inbox i UNION ALL"
                + " SELECT (e.notification_id, e.user_id, e.read_at)::text FROM early_read e ORDER BY 1");
    }

    private static List<String> unpushed(InboxFixture inbox) {
        return inbox.query(
                "SELECT coalesce(metadata ->> 'orderId', id::text) FROM notification WHERE pushed_at IS NULL");
    }

    private void awaitStatementThatWaits() {
        await().atMost(LIMIT)
                .until(() -> !live.query("SELECT query FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock' AND query LIKE '%notification%'")
                        .isEmpty());
    }

    private static void signal(Process process, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private List<String> lockSessions() {
        return live.query("""
                SELECT pid FROM pg_locks JOIN pg_stat_activity USING (pid)
                WHERE datname = current_database() AND locktype = 'advisory' AND application_name LIKE '%rebuild'
                """);
    }

    private record Ended(int exitCode, String output) {}

    private Ended run(InboxFixture target, String... options) throws Exception {
        return ended(launch(target, options));
    }

    /** With a time limit: one that runs forever is killed. */
    private static Ended ended(Process process) throws Exception {
        var output = drained(process);
        if (!process.waitFor(LIMIT)) {
            process.destroyForcibly().waitFor();
        }
        return new Ended(process.exitValue(), output.get());
    }

    /** Reads what it prints meanwhile, or it would wait for room in the pipe. */
    private static Future<String> drained(Process process) {
        var output = new FutureTask<>(
                () -> process.inputReader(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n")));
        // Not the common pool, whose only thread may be busy.
        Thread.startVirtualThread(output);
        return output;
    }

    private String rebuild(InboxFixture target, String... options) throws Exception {
        try (var nobody = PusherServer.start(RunningWorker.APP, PusherServerOptions.defaults())) {
            String output = rebuild(target, nobody, options);
            assertThat(nobody.stats().eventsReceived()).isZero();
            return output;
        }
    }

    private String rebuild(InboxFixture target, Map<String, String> settings) throws Exception {
        try (var nobody = PusherServer.start(RunningWorker.APP, PusherServerOptions.defaults())) {
            ProcessBuilder command = RunningWorker.command(servers, target, nobody, List.of("rebuild"));
            command.environment().putAll(settings);
            Ended ended = ended(command.start());
            assertThat(ended.exitCode()).as(ended.output()).isZero();
            return ended.output();
        }
    }

    private String rebuild(InboxFixture target, PusherServer pusher, String... options) throws Exception {
        Process process = launch(target, pusher, options);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private Process launch(InboxFixture target, String... options) throws Exception {
        try (var nobody = PusherServer.start(RunningWorker.APP, PusherServerOptions.defaults())) {
            return launch(target, nobody, options);
        }
    }

    private Process launch(InboxFixture target, PusherServer pusher, String... options) throws Exception {
        var arguments = new ArrayList<>(List.of("rebuild"));
        arguments.addAll(List.of(options));
        return RunningWorker.command(servers, target, pusher, arguments).start();
    }
}

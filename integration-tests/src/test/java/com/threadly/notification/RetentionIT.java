package com.threadly.notification;

import static com.threadly.notification.SampleEvents.NOON;
import static com.threadly.notification.SampleEvents.announcement;
import static com.threadly.notification.SampleEvents.message;
import static com.threadly.notification.SampleEvents.order;
import static com.threadly.notification.SampleEvents.read;
import static com.threadly.notification.SampleEvents.readAllUpTo;
import static com.threadly.notification.SampleEvents.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.OrderStatus;
import com.threadly.localstack.testing.Servers;
import com.threadly.notification.inbox.Housekeeping;
import com.threadly.notification.inbox.Retention;
import com.threadly.notification.inbox.RetentionSettings;
import com.threadly.pusher.PushEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.Extension.class)
class RetentionIT {

    private static final Duration AGE = Duration.ofDays(30);
    private static final Duration DIGEST_WINDOW = Duration.ofMinutes(5);
    private static final Instant TOMORROW = NOON.plus(Duration.ofDays(1));

    private final InboxFixture inbox;

    RetentionIT(Servers servers) {
        inbox = new InboxFixture(servers);
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    @Test
    void removesWhatIsTooOldWithAllThatBelongsToIt() throws Exception {
        inbox.storeAndPush(List.of(
                order(1, OrderStatus.SHIPPED),
                message(2),
                order(3, OrderStatus.SHIPPED, NOON.plus(Duration.ofDays(10))),
                message(4, NOON.plus(Duration.ofDays(10)))));
        inbox.storeAndPush(
                List.of(announcement(1), read(1, "ben", NOON, UUID.randomUUID()), readAllUpTo(2, "dan", NOON)));
        inbox.awaitAllMarked();
        inbox.execute("UPDATE pushed_event SET pushed_at = '%s'".formatted(NOON));
        inbox.execute("UPDATE early_read SET stored_at = '%s'".formatted(NOON));

        long removed = retention(1_000).removeOld(NOON.plus(AGE).plus(Duration.ofDays(1)));

        assertThat(removed).isEqualTo(3);
        assertThat(inbox.query("SELECT DISTINCT last_event_at::date::text FROM notification"))
                .containsExactly("2026-01-11");
        assertThat(inbox.messagesOfDigests()).hasSize(2);
        assertThat(inbox.query("SELECT 'left' FROM pushed_event UNION ALL SELECT 'left' FROM early_read"
                        + " UNION ALL SELECT 'left' FROM inbox"))
                .isEmpty();
    }

    @Test
    void removesWhatHasExpiredOnceNoOtherRequestWithItsKeyCanCome() throws Exception {
        Instant end = NOON.plusSeconds(60);
        inbox.storeAndPush(List.of(
                request(1, NOON).setExpiresAt(end).build(),
                request(2, NOON)
                        .setExpiresAt(end.plusSeconds(1))
                        .setDedupKey("key")
                        .build(),
                request(3, NOON).setExpiresAt(TOMORROW.plus(AGE)).build(),
                request(4, NOON).build()));
        Instant settled = NOON.plus(Duration.ofHours(25));

        assertThat(retention(1_000).removeExpired(settled)).isZero();
        assertThat(retention(1_000).removeExpired(settled.plusMillis(1))).isEqualTo(2);
        assertThat(inbox.query("SELECT title FROM notification ORDER BY 1")).containsExactly("Request 3", "Request 4");
    }

    @Test
    void nobodyHearsOfNorCountsWhatHasExpired() throws Exception {
        List<PushEvent> pushed = inbox.storeAndPush(List.of(
                request(1, NOON).setExpiresAt(NOON.plusSeconds(60)).build(),
                request(2, NOON).build()));
        assertThat(pushed).extracting(PushEvent::expiresAt).containsExactly(NOON.plusSeconds(60), null);

        assertThat(inbox.storeAndPush(List.of(read(1, "ben", NOON, UUID.randomUUID()))))
                .singleElement()
                .satisfies(push -> assertThat(push.data()).contains("\"unreadCount\":1"));
    }

    @Test
    void keepsAReadWithoutItsRowForTwoDaysWhateverItsOwnTime() throws Exception {
        inbox.storeAndPush(List.of(
                read(1, "ben", NOON.minus(Duration.ofDays(400)), UUID.randomUUID()),
                read(2, "ben", NOON, UUID.randomUUID())));
        inbox.execute("UPDATE early_read SET stored_at = '%s'".formatted(NOON));

        var _ = retention(1_000).removeOld(NOON.plus(Duration.ofDays(2)));
        assertThat(inbox.query("SELECT count(*) FROM early_read")).containsExactly("2");
        var _ = retention(1_000).removeOld(NOON.plus(Duration.ofDays(3)));
        assertThat(inbox.query("SELECT count(*) FROM early_read")).containsExactly("0");
    }

    @Test
    void showsNothingAsUnreadWhileItGoes() throws Exception {
        inbox.storeAndPush(List.of(order(1, OrderStatus.SHIPPED), order(2, OrderStatus.SHIPPED)));
        inbox.storeAndPush(List.of(readAllUpTo(1, "ben", NOON.plusSeconds(60))));

        try (var holder =
                inbox.locking("SELECT FROM notification WHERE metadata ->> 'orderId' = 'order-2' FOR UPDATE")) {
            assertThat(retention(1_000).removeOld(TOMORROW.plus(AGE))).isEqualTo(1);
            holder.rollback();
        }
        assertThat(inbox.query("SELECT user_id FROM inbox")).containsExactly("ben");

        assertThat(retention(1_000).removeOld(TOMORROW.plus(AGE))).isEqualTo(1);
        assertThat(inbox.query("SELECT user_id FROM inbox")).isEmpty();
    }

    @Test
    void readsNothingAgainThatItHasRemovedWhileASnapshotIsOpen() throws Exception {
        int rows = 5_000;
        inbox.execute(String.format(Locale.ROOT, """
                INSERT INTO notification
                SELECT gen_random_uuid(), 'user-' || n %% 100, 'order', 'Title', 'Text', '{}', at, at, 1
                FROM generate_series(1, %d) AS n, LATERAL (SELECT '%s'::timestamptz - n * interval '1 s' AS at) AS time
                """, rows, NOON));
        try (var snapshot =
                inbox.locking("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM notification")) {
            assertThat(retention(1_000).removeOld(TOMORROW.plus(AGE))).isEqualTo(rows);
            snapshot.rollback();
        }
        Awaitility.await().untilAsserted(() -> assertThat(indexEntriesRead()).isBetween((long) rows, 2L * rows));
    }

    private long indexEntriesRead() {
        return Long.parseLong(
                inbox.query("SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = 'notification_age'")
                        .getFirst());
    }

    @Test
    void looksForFullInboxesUserByUser() throws Exception {
        inbox.execute("""
                INSERT INTO notification
                SELECT gen_random_uuid(), 'user-' || n % 2500, 'order', 'Title', 'Text', '{}', at, at, 1
                FROM generate_series(1, 2510) AS n, LATERAL (SELECT now() AS at) AS time
                """);

        assertThat(retention(1).withTooMany())
                .isEqualTo(
                        IntStream.rangeClosed(1, 10).mapToObj(n -> "user-" + n).collect(Collectors.toSet()));
    }

    @Test
    void halvesAStepThatTakesTooLong() throws Exception {
        inbox.storeAndPush(IntStream.range(0, 600)
                .mapToObj(n -> order(n, OrderStatus.SHIPPED))
                .toList());
        // Three seconds for all of them, while a statement may take two.
        inbox.execute("""
                CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    PERFORM pg_sleep(0.005);
                    RETURN OLD;
                END $$;
                CREATE TRIGGER slow BEFORE DELETE ON notification FOR EACH ROW EXECUTE FUNCTION slow()
                """);

        assertThat(retention(1_000).removeOld(TOMORROW.plus(AGE))).isEqualTo(600);
        assertThat(inbox.rows()).isEmpty();
    }

    @Test
    void keepsTheNewestOfAnInbox() throws Exception {
        inbox.storeAndPush(IntStream.range(0, 30)
                .mapToObj(n -> order(n, OrderStatus.SHIPPED))
                .toList());
        inbox.storeAndPush(List.of(message(100)));

        assertThat(retention(10).trim(List.of("ben", "cid", "nobody"), TOMORROW))
                .isEqualTo(21);

        assertThat(inbox.query("SELECT min(metadata ->> 'orderId') FROM notification WHERE user_id = 'ben'"))
                .containsExactly("order-21");
        assertThat(inbox.query("SELECT count(*) FROM notification")).containsExactly("11");
        assertThat(retention(10).withTooMany()).isEmpty();
    }

    @Test
    void keepsADigestThatCanStillGrow() throws Exception {
        inbox.storeAndPush(List.of(message(1)));
        inbox.storeAndPush(IntStream.range(0, 30)
                .mapToObj(n -> order(n, OrderStatus.SHIPPED, NOON.plusSeconds(100 + n)))
                .toList());

        assertThat(retention(10).trim(List.of("ben", "cid"), NOON.plusSeconds(200)))
                .isZero();

        inbox.storeAndPush(List.of(message(2)));
        assertThat(inbox.query("SELECT metadata ->> 'count' FROM notification WHERE type = 'message'"))
                .containsExactly("2", "2");
    }

    @Test
    void comesBackToAnInboxThatMayBeCutOnlyLater() throws Exception {
        storeOrdersAtNoon();
        Instant anHourLater = NOON.plus(DIGEST_WINDOW).plus(Duration.ofHours(1));
        try (var housekeeping = housekeeping()) {
            assertThat(housekeeping.tidy(anHourLater)).isTrue();
            assertThat(inbox.query("SELECT count(*) FROM notification")).containsExactly("30");

            assertThat(housekeeping.tidy(anHourLater.plusSeconds(1))).isTrue();
            assertThat(inbox.query("SELECT count(*) FROM notification")).containsExactly("10");
        }
    }

    @Test
    void cutsTheInboxesThatWereWrittenToSince() throws Exception {
        try (var housekeeping = housekeeping()) {
            assertThat(housekeeping.tidy(NOON)).isTrue();
            storeOrdersAtNoon();
            housekeeping.touched(List.of("ben"));

            assertThat(housekeeping.tidy(NOON.plus(Duration.ofHours(2)))).isTrue();
            assertThat(inbox.query("SELECT count(*) FROM notification")).containsExactly("10");
        }
    }

    @Test
    void takesNoRowThatSomebodyWrites() throws Exception {
        inbox.storeAndPush(List.of(order(1, OrderStatus.SHIPPED), order(2, OrderStatus.SHIPPED)));
        try (var writer =
                inbox.locking("SELECT id FROM notification WHERE metadata ->> 'orderId' = 'order-1' FOR UPDATE")) {
            assertThat(retention(1_000).removeOld(NOON.plus(AGE.multipliedBy(2))))
                    .isEqualTo(1);
            writer.rollback();
        }
        assertThat(inbox.query("SELECT metadata ->> 'orderId' FROM notification"))
                .containsExactly("order-1");
    }

    @Test
    void aDigestThatWasRemovedBeginsAnew() throws Exception {
        inbox.storeAndPush(List.of(message(1), message(2)));
        retention(1_000).removeOld(NOON.plus(AGE.multipliedBy(2)));

        try (var daysLater = inbox.another()) {
            assertThat(daysLater.storeAndPush(List.of(message(3)))).hasSize(2);
        }
        assertThat(inbox.query("SELECT metadata ->> 'count' FROM notification")).containsExactly("1", "1");
    }

    private void storeOrdersAtNoon() throws Exception {
        inbox.storeAndPush(IntStream.range(0, 30)
                .mapToObj(n -> order(n, OrderStatus.SHIPPED, NOON))
                .toList());
    }

    private Housekeeping housekeeping() {
        return new Housekeeping(
                retention(10),
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                Thread.ofVirtual().factory());
    }

    private Retention retention(int rows) {
        return new Retention(inbox.database(), new RetentionSettings(AGE, rows), DIGEST_WINDOW);
    }
}

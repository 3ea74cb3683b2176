package com.threadly.notification;

import static com.threadly.notification.SampleEvents.announcement;
import static com.threadly.notification.SampleEvents.message;
import static com.threadly.notification.SampleEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.events.OrderStatus;
import com.threadly.localstack.testing.Servers;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.pusher.PushEvent;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.Extension.class)
class StoreThenPushIT {

    private final InboxFixture inbox;

    StoreThenPushIT(Servers servers) {
        inbox = new InboxFixture(servers);
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    @Test
    void tellsBothAndShowsTheStatus() throws Exception {
        assertThat(inbox.storeAndPush(List.of(order(1, OrderStatus.DELIVERED))))
                .extracting(PushEvent::channel)
                .containsExactly("private-order-order-1", "private-user-ben", "private-user-ana");
        assertThat(inbox.rows()).hasSize(2);
    }

    @Test
    void pushesNothingAgainForAnEventSeenAgain() throws Exception {
        var shipped = order(1, OrderStatus.SHIPPED);
        inbox.storeAndPush(List.of(shipped, shipped));
        List<String> rows = inbox.rows();

        // In flight, then marked, then in another worker.
        inbox.storeAndPush(List.of(shipped));
        inbox.awaitAllMarked();
        inbox.storeAndPush(List.of(shipped));
        try (var other = inbox.another()) {
            assertThat(other.storeAndPush(List.of(shipped))).isEmpty();
        }

        assertThat(inbox.pushed).hasSize(2);
        assertThat(inbox.rows()).isEqualTo(rows);
    }

    @Test
    void redeliversWhatWasStoredButNotPushed() throws Exception {
        inbox.store(inbox.records(List.of(order(1, OrderStatus.SHIPPED), message(1), announcement(1))));

        try (var afterACrash = inbox.another()) {
            assertThat(afterACrash.storeAndPush(List.of(order(1, OrderStatus.SHIPPED), message(1), announcement(1))))
                    .extracting(PushEvent::name)
                    .containsExactly("order-status", "notification", "notification", "notification", "announcement");
        }
    }

    @Test
    void pushesAgainWhenItsPartitionCameBackBeforeItWasPushed() throws Exception {
        var records = inbox.records(List.of(order(1, OrderStatus.SHIPPED)));
        inbox.store(records);

        assertThat(inbox.push(inbox.store(records))).hasSize(2);
    }

    /** The mark may be written at any moment between the reads of the repetitions. */
    @Test
    void pushesNothingAgainWhileTheMarkIsBeingWritten() throws Exception {
        for (int n = 1; n <= 50; n++) {
            for (int repetition = 0; repetition < 10; repetition++) {
                inbox.storeAndPush(List.of(order(n, OrderStatus.SHIPPED)));
            }
        }

        assertThat(inbox.pushed).hasSize(100);
    }

    @Test
    void pushesAnAnnouncementOnceAndStoresNoRow() throws Exception {
        assertThat(inbox.storeAndPush(List.of(announcement(1), announcement(1), announcement(2))))
                .hasSize(2);
        Awaitility.await()
                .until(() -> inbox.query("SELECT 'left' FROM pushed_event WHERE pushed_at IS NULL")
                        .isEmpty());
        try (var other = inbox.another()) {
            assertThat(other.storeAndPush(List.of(announcement(1)))).isEmpty();
        }
        assertThat(inbox.rows()).isEmpty();
    }

    @Test
    void refusesAValueThatTheDatabaseNeverTakesAndStoresTheRest() throws Exception {
        var absurd = order(2, OrderStatus.SHIPPED, Instant.ofEpochMilli(Long.MAX_VALUE));

        assertThatThrownBy(() -> inbox.storeAndPush(List.of(order(1, OrderStatus.SHIPPED), absurd)))
                .isInstanceOf(RuntimeException.class);
        assertThat(inbox.rows()).isEmpty();
        // As the pipeline does: one by one.
        assertThat(inbox.storeAndPush(List.of(order(1, OrderStatus.SHIPPED)))).hasSize(2);
        assertThatThrownBy(() -> inbox.storeAndPush(List.of(absurd))).isInstanceOf(RuntimeException.class);
        assertThat(inbox.database().trouble()).isEmpty();
    }

    @Test
    void waitsForALockAndIsNotReady() throws Exception {
        inbox.storeAndPush(List.of(message(1)));
        inbox.awaitAllMarked();
        try (var holder = inbox.locking("SELECT id FROM notification FOR UPDATE")) {
            assertThatThrownBy(() -> inbox.storeAndPush(List.of(message(2))))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("SQLState");
            assertThat(inbox.database().trouble()).isPresent();
            holder.rollback();
        }

        assertThat(inbox.storeAndPush(List.of(message(2)))).hasSize(2);
        assertThat(inbox.database().trouble()).isEmpty();
    }

    @Test
    void waitsForWhatReadsAWholeTableAndForNothingElse() throws Exception {
        // Longer than the limit of statements here, and than the driver waits for an answer.
        String slow = "SELECT 'done' FROM pg_sleep(5)";

        assertThat(inbox.database()
                        .<String>inLongTransaction(handle ->
                                handle.select(slow).mapTo(String.class).one()))
                .isEqualTo("done");
        assertThatThrownBy(() -> inbox.database()
                        .<String>use(handle ->
                                handle.select(slow).mapTo(String.class).one()))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void keepsToTheFormOfEffects() throws Exception {
        List<RecordOutcome> effects =
                inbox.store(inbox.records(List.of(message(1), order(1, OrderStatus.UNKNOWN), message(2), message(2))));

        assertThat(effects)
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(new RecordOutcome.Skip("told_by_another_message")),
                        unknown -> assertThat(unknown).isEqualTo(new RecordOutcome.Skip("unknown_status")),
                        second -> assertThat(second).isEqualTo(new RecordOutcome.Skip("told_by_another_message")),
                        again -> assertThat(again).isInstanceOf(RecordOutcome.Push.class));
    }

    /** A push is too old when its record is, and producers' clocks differ. */
    @Test
    void theYoungestMessageOfADigestPushesIt() throws Exception {
        List<DecodedRecord> records = inbox.records(List.of(message(1), message(2), message(3)));
        Instant now = Instant.EPOCH.plusSeconds(60);

        List<RecordOutcome> effects = inbox.store(List.of(
                records.get(0),
                InboxFixture.publishedAt(now, records.get(1)),
                InboxFixture.publishedAt(now.minusSeconds(9), records.get(2))));

        assertThat(effects.get(1)).isInstanceOf(RecordOutcome.Push.class);
        assertThat(List.of(effects.get(0), effects.get(2)))
                .containsOnly(new RecordOutcome.Skip("told_by_another_message"));
    }
}

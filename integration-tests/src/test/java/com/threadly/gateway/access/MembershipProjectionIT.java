package com.threadly.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.threadly.database.Database;
import com.threadly.database.OwnerSettings;
import com.threadly.events.ConversationMembersChanged;
import com.threadly.events.ConversationMoved;
import com.threadly.events.MembersChange;
import com.threadly.events.MembersChannel;
import com.threadly.events.MessageSent;
import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.UserErased;
import com.threadly.gateway.orders.OrderStore;
import com.threadly.gateway.orders.OrderView;
import com.threadly.gateway.publishing.OutgoingEvent;
import com.threadly.localstack.testing.Servers;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.runtime.retry.UnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who takes part after which records, whatever clocks say. */
@ExtendWith(Servers.Extension.class)
class MembershipProjectionIT {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final int PARTITION = 3;

    private final Database database;
    private final AccessStore store;
    private final OrderStore orders;
    private final MembershipProjection projection;
    private final ErasureProjection erasures;
    private long offset = 100;
    private final List<ConversationMoved> moves = new ArrayList<>();
    private boolean kafkaDown;

    MembershipProjectionIT(Servers servers) {
        var settings = OwnerSettings.of(servers.database(), servers.database().create(servers.unique("access")));
        database = AccessStore.open(settings, new SimpleMeterRegistry());
        Awaitility.await().until(() -> database.trouble().isEmpty());
        store = new AccessStore(database);
        orders = new OrderStore(database);
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        projection = new MembershipProjection(store, this::append, clock);
        erasures = new ErasureProjection(new ErasedMembers(database), this::append, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-01T12:00:01Z", "2099-01-01T00:00:00Z", "9999-12-31T23:59:59Z"})
    void aTimeInTheFuturePinsNobody(Instant future) throws Exception {
        assertThat(handle(at(NOW.minusSeconds(60)), message(future, "ana", "ben")))
                .isEqualTo(RecordOutcome.Push.class);
        handle(at(NOW.minusSeconds(58)), message(NOW.minusSeconds(58), "ana", "cleo"));

        assertThat(participants()).containsExactlyInAnyOrder("ana", "cleo");
    }

    @Test
    void norDoesARecordFromTheFuture() throws Exception {
        Instant future = Instant.parse("2099-01-01T00:00:00Z");
        handle(at(future), message(future, "ana", "ben"));
        handle(at(NOW), message(NOW.minusSeconds(2), "ana", "cleo"));

        assertThat(participants()).containsExactlyInAnyOrder("ana", "cleo");
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "200"})
    void aServiceWhoseClockIsBehindRemovesAllTheSame(int seconds) throws Exception {
        handle(at(NOW.minusSeconds(10)), message(NOW.minusSeconds(10), "ana", "ben"));
        handle(at(NOW.minusSeconds(9)), message(NOW.minusSeconds(10 + seconds), "ana", "cleo"));

        assertThat(participants()).containsExactlyInAnyOrder("ana", "cleo");
    }

    @Test
    void aRecordThatIsReadAgainChangesNothing() throws Exception {
        DecodedRecord first = at(NOW.minusSeconds(10)).with(message(NOW.minusSeconds(10), "ana", "ben"));
        handle(first);
        handle(at(NOW.minusSeconds(9)), message(NOW.minusSeconds(10), "ana", "cleo"));
        handle(first);

        assertThat(participants()).containsExactlyInAnyOrder("ana", "cleo");
    }

    @Test
    void aDeadLetterRedrivenLateBringsNobodyBack() throws Exception {
        handle(at(NOW.minusSeconds(10)), message(NOW.minusSeconds(10), "ana", "cleo"));
        handle(at(NOW.minusSeconds(1)), message(NOW.minus(Duration.ofHours(1)), "ana", "ben"));

        assertThat(participants()).containsExactlyInAnyOrder("ana", "cleo");
    }

    @Test
    void inANewClusterOffsetsBeginAgain() throws Exception {
        handle(at(NOW.minusSeconds(10)), message(NOW.minusSeconds(10), "ana", "ben"));
        offset = 0;
        handle(at(NOW.minusSeconds(5)), message(NOW.minusSeconds(5), "ana", "cleo"));

        assertThat(participants()).containsExactlyInAnyOrder("ana", "cleo");
    }

    @Test
    void ofOneBatchTheLastRecordCounts() throws Exception {
        projection.handle(List.of(
                at(NOW).with(message(NOW.minusSeconds(1), "ana", "ben")),
                at(NOW).with(message(NOW.minusSeconds(2), "ana", "dee")),
                at(NOW).with(message(NOW.minusSeconds(3), "ana", "cleo"))));

        assertThat(participants()).containsExactlyInAnyOrder("ana", "cleo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "b n", "b\u0000n", "bén", "ben#"})
    void nobodyGainsAccessByAMessageWithAnUnusableId(String id) throws Exception {
        handle(at(NOW), message(NOW, "ana", "ben"));

        assertThat(handle(at(NOW), message(NOW, "cleo", id))).isEqualTo(RecordOutcome.Invalid.class);
        assertThat(handle(at(NOW), message(NOW, id, "cleo"))).isEqualTo(RecordOutcome.Invalid.class);
        assertThat(handle(at(NOW), order(id, "cleo"))).isEqualTo(RecordOutcome.Invalid.class);
        assertThat(handle(at(NOW), order("cleo", id))).isEqualTo(RecordOutcome.Invalid.class);
        assertThat(participants()).containsExactlyInAnyOrder("ana", "ben");
        assertThat(store.ofOrders(Set.of("c1"))).isEmpty();
    }

    @Test
    void norByARecordOfAnotherKey() throws Exception {
        handle(at(NOW), message(NOW, "ana", "ben"));
        var foreign = new DecodedRecord(
                "message-events", 1, offset++, NOW, "c2", message(NOW, "cleo", "dee"), NOW, () -> false);

        assertThat(handle(foreign)).isEqualTo(RecordOutcome.Invalid.class);
        assertThat(participants()).containsExactlyInAnyOrder("ana", "ben");
    }

    @Test
    void manyAreReadAtOnce() throws Exception {
        handle(at(NOW), message(NOW, "ana", "ben"));
        handle(at(NOW), order("ana", "cleo"));

        assertThat(store.ofConversations(Set.of("c1", "c2", "c3")))
                .isEqualTo(Map.of("c1", new Members(Set.of("ana", "ben"), Optional.empty())));
        assertThat(store.ofOrders(Set.of("c1", "c2")))
                .isEqualTo(Map.of("c1", new Members(Set.of("ana", "cleo"), Optional.empty())));
    }

    @Test
    void aConversationMovesOnceSomebodyHasLeftIt() throws Exception {
        handle(at(NOW.minusSeconds(10)), message(NOW.minusSeconds(10), "ana", "ben"));
        handle(at(NOW.minusSeconds(9)), message(NOW.minusSeconds(9), "ben", "ana"));
        assertThat(moves).isEmpty();
        assertThat(members().movedTo()).isEmpty();

        handle(at(NOW.minusSeconds(8)), message(NOW.minusSeconds(8), "ana", "cleo"));
        handle(at(NOW.minusSeconds(7)), message(NOW.minusSeconds(7), "cleo", "ana"));
        assertThat(moves)
                .extracting(ConversationMoved::getConversationId, ConversationMoved::getMembersKey)
                .containsExactly(tuple("c1", key("ana", "cleo")));
        assertThat(members().movedTo()).contains(key("ana", "cleo"));

        handle(change(NOW.minusSeconds(6), "ana", "cleo", "dee"));
        assertThat(moves).extracting(ConversationMoved::getMembersKey).last().isEqualTo(key("ana", "cleo", "dee"));
        assertThat(members().movedTo()).contains(key("ana", "cleo", "dee"));
    }

    @Test
    void whoJoinsMovesNothing() throws Exception {
        handle(at(NOW.minusSeconds(10)), message(NOW.minusSeconds(10), "ana", "ben"));
        handle(change(NOW.minusSeconds(9), "ana", "ben", "cleo"));

        assertThat(participants()).containsExactlyInAnyOrder("ana", "ben", "cleo");
        assertThat(moves).isEmpty();
    }

    @Test
    void aMoveThatKafkaDidNotTakeIsAnnouncedWhenTheRecordIsReadAgain() throws Exception {
        handle(at(NOW.minusSeconds(10)), message(NOW.minusSeconds(10), "ana", "ben"));
        DecodedRecord second = at(NOW.minusSeconds(9)).with(message(NOW.minusSeconds(9), "ana", "cleo"));
        kafkaDown = true;
        assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> handle(second));
        kafkaDown = false;

        handle(second);
        handle(second);

        assertThat(moves).extracting(ConversationMoved::getMembersKey).containsExactly(key("ana", "cleo"));
    }

    @Test
    void leavingNeedsNoMessage() throws Exception {
        handle(at(NOW.minusSeconds(10)), message(NOW.minusSeconds(10), "ana", "ben"));
        handle(change(NOW.minusSeconds(5), "ana"));

        assertThat(participants()).containsExactly("ana");
        assertThat(moves).extracting(ConversationMoved::getMembersKey).containsExactly(key("ana"));
    }

    /** The two topics are read side by side, so the message may be read after the change. */
    @ParameterizedTest
    @CsvSource({"-1, 'ana'", "0, 'ana'", "1, 'ana,ben'"})
    void ofAMessageAndAChangeTheLaterOneCounts(int messageAfter, String members) throws Exception {
        handle(at(NOW.minusSeconds(20)), message(NOW.minusSeconds(20), "ana", "ben"));
        handle(change(NOW.minusSeconds(10), "ana"));
        handle(at(NOW.minusSeconds(1)), message(NOW.minusSeconds(10 - messageAfter), "ana", "ben"));

        assertThat(participants()).containsExactlyInAnyOrder(members.split(","));
    }

    @Test
    void everyoneMayLeave() throws Exception {
        handle(at(NOW.minusSeconds(10)), message(NOW.minusSeconds(10), "ana", "ben"));
        handle(change(NOW.minusSeconds(5)));

        assertThat(participants()).isEmpty();
    }

    @Test
    void aChangeWithAnUnusableIdChangesNothing() throws Exception {
        handle(at(NOW.minusSeconds(10)), message(NOW.minusSeconds(10), "ana", "ben"));

        assertThat(handle(change(NOW.minusSeconds(5), "ana", "b n"))).isEqualTo(RecordOutcome.Invalid.class);
        assertThat(participants()).containsExactlyInAnyOrder("ana", "ben");
    }

    @Test
    void anOrderStandsWhereItsLatestRecordSays() throws Exception {
        Instant placedAt = NOW.minusSeconds(10);
        DecodedRecord placed = at(placedAt).with(order(placedAt, OrderStatus.PLACED, null));
        handle(placed);
        assertThat(orders.find("c1")).contains(new OrderView("c1", "PLACED", null, "2026-11-01T11:59:50.000Z"));

        // The clock of its service is behind.
        handle(at(NOW), order(placedAt.minusMillis(1), OrderStatus.CONFIRMED, OrderStatus.PLACED));
        handle(placed);
        handle(at(NOW), order(NOW.minus(Duration.ofHours(1)), OrderStatus.CANCELLED, null));

        assertThat(orders.find("c1")).contains(new OrderView("c1", "CONFIRMED", "PLACED", "2026-11-01T11:59:49.999Z"));
    }

    @Test
    void anOrderInAStatusThatNobodyHereKnowsIsInNone() throws Exception {
        handle(at(NOW), order(NOW.minusSeconds(2), OrderStatus.PLACED, null));
        handle(at(NOW), order(NOW.minusSeconds(1), OrderStatus.UNKNOWN, OrderStatus.PLACED));
        assertThat(orders.find("c1")).isEmpty();
        assertThat(store.ofOrders(Set.of("c1"))).containsKey("c1");

        handle(at(NOW), order(NOW, OrderStatus.SHIPPED, OrderStatus.UNKNOWN));
        assertThat(orders.find("c1")).contains(new OrderView("c1", "SHIPPED", null, "2026-11-01T12:00:00.000Z"));
    }

    @Test
    void ofAnOrderFromBeforeTheUpgradeTheNextRecordTells() throws Exception {
        handle(at(NOW.minusSeconds(5)), order(NOW.minusSeconds(5), OrderStatus.PLACED, null));
        var _ = database.inTransaction(handle ->
                handle.execute("UPDATE order_party SET status = NULL, previous_status = NULL, updated_at = NULL"));
        assertThat(orders.find("c1")).isEmpty();

        handle(at(NOW), order(NOW, OrderStatus.SHIPPED, OrderStatus.PLACED));
        assertThat(orders.find("c1")).contains(new OrderView("c1", "SHIPPED", "PLACED", "2026-11-01T12:00:00.000Z"));
    }

    @Test
    void whatAGatewayFromBeforeTheUpgradeHasReadSinceLeavesTheStatusUnknown() throws Exception {
        handle(at(NOW.minusSeconds(5)), order(NOW.minusSeconds(5), OrderStatus.PLACED, null));
        offset++;
        var _ = database.inTransaction(handle -> handle.execute("UPDATE order_party SET log_offset = " + (offset - 1)));
        assertThat(orders.find("c1")).isEmpty();

        handle(at(NOW), order(NOW, OrderStatus.SHIPPED, OrderStatus.CONFIRMED));
        assertThat(orders.find("c1")).contains(new OrderView("c1", "SHIPPED", "CONFIRMED", "2026-11-01T12:00:00.000Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2099-01-01T00:00:00Z", "+100000-01-01T00:00:00Z"})
    void noOrderIsUpdatedInTheFuture(Instant future) throws Exception {
        handle(at(NOW), order(future, OrderStatus.PLACED, null));

        assertThat(orders.find("c1")).contains(new OrderView("c1", "PLACED", null, "2026-11-01T12:00:00.000Z"));
    }

    @Test
    void acquaintancesShareAConversationOrAnOrder() throws Exception {
        handle(at(NOW), message(NOW, "ana", "ben"));
        handle(at(NOW), order("ana", "cleo"));

        Set<String> all = Set.of("ana", "ben", "cleo", "dee", "");
        assertThat(store.acquaintances("ana", all)).containsExactlyInAnyOrder("ana", "ben", "cleo");
        assertThat(store.acquaintances("ben", all)).containsExactlyInAnyOrder("ana", "ben");
        assertThat(store.acquaintances("dee", all)).isEmpty();
    }

    @Test
    void whoIsErasedTakesPartInNothing() throws Exception {
        handle(at(NOW.minusSeconds(10)), message(NOW.minusSeconds(10), "ana", "ben"));
        handle(at(NOW), order("ana", "ben"));

        assertThat(erase("ben")).isEqualTo(RecordOutcome.Push.class);

        assertThat(participants()).containsExactly("ana");
        assertThat(store.ofOrders(Set.of("c1")).get("c1")).isEqualTo(new Members(Set.of("ana"), Optional.empty()));
        assertThat(store.acquaintances("ana", Set.of("ben"))).isEmpty();
        assertThat(moves).extracting(ConversationMoved::getMembersKey).containsExactly(key("ana"));
        assertThat(members().movedTo()).contains(key("ana"));
        assertThat(ErasedMembers.report(database, "ben").orElseThrow().toString())
                .contains("conversations, rows=1", "orders, rows=1", "settings, rows=0", "remaining=0");
        assertThat(ErasedMembers.report(database, "ana")).isEmpty();

        handle(at(NOW.minusSeconds(5)), message(NOW.minusSeconds(5), "ben", "ana"));
        handle(at(NOW.minusSeconds(4)), message(NOW.minusSeconds(4), "ana", "ben"));
        handle(change(NOW.minusSeconds(3), "ana", "ben", "cleo"));
        handle(at(NOW), order("ben", "cleo"));
        erase("ben");

        assertThat(participants()).containsExactlyInAnyOrder("ana", "cleo");
        assertThat(store.ofOrders(Set.of("c1")).get("c1")).isEqualTo(new Members(Set.of("cleo"), Optional.empty()));
        assertThat(moves).extracting(ConversationMoved::getMembersKey).containsExactly(key("ana"), key("ana", "cleo"));
    }

    @Test
    void anErasureThatComesBeforeItsUserIsObeyed() throws Exception {
        erase("ben");
        handle(at(NOW), message(NOW, "ben", "ana"));

        assertThat(participants()).containsExactly("ana");
        assertThat(moves).isEmpty();
    }

    @Test
    void anErasureWhoseMovesKafkaDidNotTakeIsObeyedWhenItIsReadAgain() throws Exception {
        handle(at(NOW.minusSeconds(10)), message(NOW.minusSeconds(10), "ana", "ben"));
        kafkaDown = true;
        assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> erase("ben"));
        kafkaDown = false;

        erase("ben");

        assertThat(participants()).containsExactly("ana");
        assertThat(moves).extracting(ConversationMoved::getMembersKey).containsExactly(key("ana"));
    }

    private Class<? extends RecordOutcome> erase(String userId) throws Exception {
        var erased = new UserErased(UUID.randomUUID(), NOW, userId);
        var record = new DecodedRecord("erasure-events", 0, offset++, NOW, userId, erased, NOW, () -> false);
        return erasures.handle(List.of(record)).getFirst().getClass();
    }

    private Set<String> participants() throws Exception {
        return members().userIds();
    }

    private Members members() throws Exception {
        return store.ofConversations(Set.of("c1")).getOrDefault("c1", Members.NOBODY);
    }

    private void append(List<OutgoingEvent<?>> entries) throws UnavailableException {
        if (kafkaDown) {
            throw new UnavailableException("down");
        }
        entries.forEach(entry -> moves.add((ConversationMoved) entry.event()));
    }

    private Class<? extends RecordOutcome> handle(At at, SpecificRecord event) throws Exception {
        return handle(at.with(event));
    }

    private Class<? extends RecordOutcome> handle(DecodedRecord record) throws Exception {
        return projection.handle(List.of(record)).getFirst().getClass();
    }

    /** The next record, of this time. */
    private At at(Instant timestamp) {
        return event -> new DecodedRecord(
                "message-events", PARTITION, offset++, timestamp, "c1", event, timestamp, () -> false);
    }

    @FunctionalInterface
    private interface At {
        DecodedRecord with(SpecificRecord event);
    }

    private DecodedRecord change(Instant occurredAt, String... members) {
        var change = ConversationMembersChanged.newBuilder()
                .setEventId(UUID.randomUUID())
                .setOccurredAt(occurredAt)
                .setConversationId("c1")
                .setMemberIds(List.of(members))
                .setChange(MembersChange.LEFT)
                .build();
        return new DecodedRecord(
                "conversation-member-events", PARTITION, offset++, occurredAt, "c1", change, occurredAt, () -> false);
    }

    private static String key(String... members) {
        return MembersChannel.of("c1", List.of(members)).key();
    }

    private static MessageSent message(Instant occurredAt, String sender, String recipient) {
        return MessageSent.newBuilder()
                .setEventId(UUID.randomUUID())
                .setOccurredAt(occurredAt)
                .setMessageId("m1")
                .setConversationId("c1")
                .setSenderId(sender)
                .setRecipientIds(List.of(recipient))
                .setContent("hi")
                .build();
    }

    private static OrderStatusChanged order(String buyer, String seller) {
        return order(NOW, buyer, seller, OrderStatus.PLACED, null);
    }

    private static OrderStatusChanged order(
            Instant occurredAt, OrderStatus status, @Nullable OrderStatus previousStatus) {
        return order(occurredAt, "ana", "ben", status, previousStatus);
    }

    private static OrderStatusChanged order(
            Instant occurredAt, String buyer, String seller, OrderStatus status, @Nullable OrderStatus previousStatus) {
        return OrderStatusChanged.newBuilder()
                .setEventId(UUID.randomUUID())
                .setOccurredAt(occurredAt)
                .setOrderId("c1")
                .setBuyerId(buyer)
                .setSellerId(seller)
                .setProductId("product-1")
                .setProductTitle("Linen dress")
                .setStatus(status)
                .setPreviousStatus(previousStatus)
                .build();
    }
}

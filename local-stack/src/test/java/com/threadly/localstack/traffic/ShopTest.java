package com.threadly.localstack.traffic;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.threadly.events.MessageSent;
import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.PaymentStatus;
import com.threadly.events.PaymentStatusChanged;
import com.threadly.events.Topics;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ShopTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T10:00:00.123456Z"), ZoneOffset.UTC);

    @Property(tries = 20)
    void theSameSeedGivesTheSameEvents(@ForAll long seed) {
        assertThat(events(seed, 500)).isEqualTo(events(seed, 500));
    }

    @Property(tries = 20)
    void otherSeedsShareNoIds(@ForAll long seed) {
        assertThat(events(seed, 200).stream().map(Emission::eventId))
                .doesNotContainAnyElementsOf(
                        events(seed + 1, 200).stream().map(Emission::eventId).toList());
        assertThat(events(seed, 200).stream().map(Emission::eventId)).doesNotHaveDuplicates();
    }

    @Test
    void theClockGivesTheTimesAndNothingElse() {
        Clock later = Clock.offset(CLOCK, java.time.Duration.ofDays(3));

        List<Emission<?>> moved = Shop.events(world(5), Mix.STANDARD, 5, later, 2_000);

        assertThat(moved.stream().map(Emission::eventId))
                .containsExactlyElementsOf(
                        events(5, 2_000).stream().map(Emission::eventId).toList());
        assertThat(moved)
                .allSatisfy(emission ->
                        assertThat(emission.occurredAt()).isEqualTo(Instant.parse("2026-03-04T10:00:00.123Z")));
    }

    @Test
    void mixesTheTopicsAsAsked() {
        Map<String, Long> counts = events(11, 20_000).stream()
                .collect(groupingBy(emission -> emission.topic().name(), counting()));

        Map.of("message-events", 600, "order-events", 200, "payment-events", 120, "presence-events", 50)
                .forEach((topic, weight) -> assertThat(counts.getOrDefault(topic, 0L) / 20_000.0)
                        .as(topic)
                        .isCloseTo(weight / 1001.0, within(0.02)));
        assertThat(counts).containsKeys("typing-events", "announcement-events");
    }

    @Test
    void staysSmallEnoughToSubscribeToAllOfIt() {
        List<Emission<?>> events = events(3, 20_000);

        assertThat(of(OrderStatusChanged.class, events).stream()
                        .map(OrderStatusChanged::getOrderId)
                        .distinct()
                        .count())
                .isBetween(500L, 1_000L);
        assertThat(of(MessageSent.class, events).stream()
                        .map(MessageSent::getConversationId)
                        .distinct()
                        .count())
                .isBetween(300L, 400L);
    }

    @Property(tries = 10)
    void everyOrderAndPaymentWalksItsWayFromTheStart(@ForAll long seed) {
        Map<String, OrderStatus> orders = new HashMap<>();
        Map<String, PaymentStatus> payments = new HashMap<>();
        for (Emission<?> emission : events(seed, 5_000)) {
            if (emission.event() instanceof OrderStatusChanged order) {
                OrderStatus previous = orders.put(order.getOrderId(), order.getStatus());
                assertThat(order.getPreviousStatus().orElse(null)).isEqualTo(previous);
                assertThat(Lifecycle.afterOrder(previous, payments.get(order.getOrderId())))
                        .contains(order.getStatus());
                assertThat(order.getBuyerId()).isNotEqualTo(order.getSellerId());
            } else if (emission.event() instanceof PaymentStatusChanged payment) {
                PaymentStatus previous = payments.put(payment.getOrderId(), payment.getStatus());
                assertThat(Lifecycle.afterPayment(previous, orders.get(payment.getOrderId())))
                        .contains(payment.getStatus());
                assertThat(payment.getFailureReason().isPresent())
                        .isEqualTo(payment.getStatus() == PaymentStatus.FAILED
                                || payment.getStatus() == PaymentStatus.PAYOUT_FAILED);
            }
        }
    }

    @Test
    void everyStatusComesUp() {
        List<Emission<?>> events = events(1, 20_000);
        Map<OrderStatus, Long> orders = new EnumMap<>(of(OrderStatusChanged.class, events).stream()
                .collect(groupingBy(OrderStatusChanged::getStatus, counting())));
        Map<PaymentStatus, Long> payments = new EnumMap<>(of(PaymentStatusChanged.class, events).stream()
                .collect(groupingBy(PaymentStatusChanged::getStatus, counting())));

        assertThat(orders).hasSize(OrderStatus.values().length - 1).doesNotContainKey(OrderStatus.UNKNOWN);
        assertThat(payments).hasSize(PaymentStatus.values().length - 1).doesNotContainKey(PaymentStatus.UNKNOWN);
        assertThat(orders.getOrDefault(OrderStatus.COMPLETED, 0L))
                .isGreaterThan(orders.getOrDefault(OrderStatus.CANCELLED, 0L));
    }

    @Test
    void aSenderIsNoRecipient() {
        assertThat(of(MessageSent.class, events(9, 2_000)))
                .allSatisfy(message -> assertThat(message.getRecipientIds())
                        .isNotEmpty()
                        .doesNotContain(message.getSenderId())
                        .doesNotHaveDuplicates());
    }

    @Test
    void leavesAnaAndBenToThePage() {
        LiveScene scene = world(1).scene();

        assertThat(events(1, 20_000))
                .noneSatisfy(emission -> assertThat(emission.event().toString())
                        .containsAnyOf(
                                "\"" + scene.buyer().id() + "\"",
                                "\"" + scene.seller().id() + "\""))
                .anySatisfy(emission ->
                        assertThat(emission.key()).isEqualTo(scene.product().channel()));
    }

    @Test
    void anEmissionKnowsItsKey() {
        Function<Emission<?>, Object> key =
                emission -> emission.event() instanceof MessageSent message ? message.getConversationId() : "";

        assertThat(events(1, 100))
                .filteredOn(emission -> emission.topic().equals(Topics.MESSAGE_EVENTS))
                .isNotEmpty()
                .allSatisfy(emission -> assertThat(emission.key()).isEqualTo(key.apply(emission)));
    }

    private static World world(long seed) {
        return World.of(seed, WorldSize.STANDARD);
    }

    private static List<Emission<?>> events(long seed, int count) {
        return Shop.events(world(seed), Mix.STANDARD, seed, CLOCK, count);
    }

    private static <E> List<E> of(Class<E> type, List<Emission<?>> emissions) {
        return emissions.stream()
                .map(Emission::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}

package com.threadly.notification.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.OrderStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrderRuleTest {

    private final Rules rules = Samples.rules();

    private static final String TOLD = """
            PLACED    | ana: You made a sale. Someone ordered “Linen shirt”. Confirm the order to get it moving.
            CONFIRMED | ben: Order confirmed. The seller confirmed your order of “Linen shirt”.
            SHIPPED   | ben: Your order is on its way. The seller shipped “Linen shirt”.
            DELIVERED | ben: Your order has arrived. Have a look at “Linen shirt”: is everything as described?; ana: Order delivered. The buyer received “Linen shirt”.
            COMPLETED | ana: Sale completed. The sale of “Linen shirt” is complete.
            CANCELLED | ben: Order cancelled. Your order of “Linen shirt” was cancelled.; ana: Order cancelled. The order for “Linen shirt” was cancelled.
            DISPUTED  | ana: A buyer reported a problem. The buyer reported a problem with “Linen shirt”. Please answer soon.
            REFUNDED  | ben: You were refunded. Your order of “Linen shirt” was refunded.; ana: Sale refunded. The sale of “Linen shirt” was refunded to the buyer.
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = TOLD)
    void notifiesThoseConcerned(OrderStatus status, String expected) {
        assertThat(notifications(status).stream()
                        .map(one -> "%s: %s. %s".formatted(one.userId(), one.title(), one.message())))
                .containsExactly(expected.split("; "));
    }

    @Test
    void decidesForEveryStatusWhomToNotify() {
        assertThat(TOLD.lines().map(line -> OrderStatus.valueOf(line.replaceFirst(" .*", ""))))
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(OrderStatus.UNKNOWN)));
    }

    @Test
    void usesTheLanguageOfTheSetting() {
        var tell = (Decision.Notify) Samples.decide(
                Samples.rules(Locale.GERMANY),
                Samples.order(OrderStatus.DELIVERED).build());

        assertThat(tell.notifications())
                .extracting(Notification::message)
                .containsExactly(
                        "Schau dir „Linen shirt“ gleich an: Ist alles wie beschrieben?",
                        "Der Käufer hat „Linen shirt“ erhalten.");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void carriesWhatAClientLinksTo(OrderStatus status) {
        assertThat(notifications(status)).isNotEmpty().allSatisfy(one -> {
            assertThat(one.type()).isEqualTo(NotificationType.ORDER);
            assertThat(one.metadata()).isEqualTo("""
                    {"orderId":"order-1","status":"%s","eventId":"%s"}\
                    """.formatted(status, Samples.EVENT));
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void showsEveryStatusOnTheOrdersChannel(OrderStatus status) {
        var tell = (Decision.Notify) Samples.decide(
                rules,
                Samples.order(status).setPreviousStatus(OrderStatus.PLACED).build());

        assertThat(tell.broadcasts()).singleElement().satisfies(event -> {
            assertThat(event.channel()).isEqualTo("private-order-order-1");
            assertThat(event.name()).isEqualTo("order-status");
            assertThat(event.data())
                    .isEqualTo(""
                            + ""
                            + "{\"orderId\":\"order-1\",\"status\":\"%s\",\"previousStatus\":\"PLACED\",\"updatedAt\":\"2026-01-01T12:00:00.120Z\"}"
                                    .formatted(status));
        });
    }

    @Test
    void saysNullWhereThereIsNoPreviousStatusThatItKnows() {
        for (OrderStatus previous : new OrderStatus[] {null, OrderStatus.UNKNOWN}) {
            var tell = (Decision.Notify) Samples.decide(
                    rules,
                    Samples.order(OrderStatus.PLACED)
                            .setPreviousStatus(previous)
                            .build());
            assertThat(tell.broadcasts().getFirst().data()).contains("\"previousStatus\":null");
        }
    }

    @Test
    void givesEachNotificationAnIdThatOnlyItsEventDecides() {
        var ids = EnumSet.of(OrderStatus.DELIVERED, OrderStatus.CANCELLED).stream()
                .flatMap(status -> notifications(status).stream())
                .map(Notification::id)
                .distinct();

        assertThat(ids).hasSize(2);
    }

    @Test
    void skipsAStatusItDoesNotKnow() {
        assertThat(Samples.decide(rules, Samples.order(OrderStatus.UNKNOWN).build()))
                .isEqualTo(new Decision.Skip("unknown_status"));
    }

    @ParameterizedTest
    @CsvSource({"orderId, a b", "buyerId, a/b", "sellerId, ''"})
    void refusesIdsThatNoChannelMayHave(String field, String id) {
        var order = Samples.order(OrderStatus.SHIPPED);
        switch (field) {
            case "orderId" -> order.setOrderId(id);
            case "buyerId" -> order.setBuyerId(id);
            default -> order.setSellerId(id);
        }

        assertThat(Samples.decide(rules, order.build()))
                .isInstanceOfSatisfying(
                        Decision.Invalid.class,
                        invalid -> assertThat(invalid.problem()).startsWith(field));
    }

    @Test
    void namesAProductWithoutATitle() {
        var tell = (Decision.Notify) Samples.decide(
                rules,
                Samples.order(OrderStatus.SHIPPED).setProductTitle(" \u0000").build());

        assertThat(tell.notifications().getFirst().message()).isEqualTo("The seller shipped your item.");
    }

    @Test
    void cutsALongTitleBetweenWords() {
        var order = Samples.order(OrderStatus.SHIPPED)
                .setProductTitle("Hand-made linen shirt with mother-of-pearl buttons, worn twice, "
                        + "as good as new ".repeat(99));

        assertThat(((Decision.Notify) Samples.decide(rules, order.build())).notifications())
                .extracting(Notification::message)
                .containsExactly("The seller shipped “Hand-made linen shirt with mother-of-pearl buttons, worn…”.");
    }

    private List<Notification> notifications(OrderStatus status) {
        return ((Decision.Notify) Samples.decide(rules, Samples.order(status).build())).notifications();
    }
}

package com.threadly.notification.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.OrderStatus;
import com.threadly.events.PaymentStatus;
import com.threadly.pusher.PushEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushEventsTest {

    private final Rules rules = Samples.rules();
    private final PushEvents payloads = new PushEvents(false);

    @Test
    void saysExactlyWhatBrowsersExpect() {
        var tell = (Decision.Notify)
                Samples.decide(rules, Samples.order(OrderStatus.SHIPPED).build());
        Notification shipped = tell.notifications().getFirst();

        PushEvent event = payloads.notification(shipped, RowStates.NEW);

        assertThat(event.channel()).isEqualTo("private-user-ben");
        assertThat(event.name()).isEqualTo("notification");
        assertThat(event.data()).isEqualTo("""
                {"id":"%s","userId":"ben","title":"Your order is on its way",\
                "message":"The seller shipped “Linen shirt”.","type":"order",\
                "metadata":{"orderId":"order-1","status":"SHIPPED","eventId":"00000000-0000-4000-8000-000000000001"},\
                "revision":1,"read":false,"createdAt":"2026-01-01T12:00:00.120Z"}""".formatted(shipped.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "👗", "\u0001", "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"})
    void staysWithinPushersLimitWhateverTheTexts(String unit) {
        String text = unit.repeat(20_000);
        var pushed = List.of(
                ((Decision.Notify) Samples.decide(
                                rules,
                                Samples.order(OrderStatus.DELIVERED)
                                        .setProductTitle(text)
                                        .setOrderId("o".repeat(150))
                                        .build()))
                        .notifications()
                        .getFirst(),
                ((Decision.Notify) Samples.decide(
                                rules,
                                Samples.payment(PaymentStatus.FAILED)
                                        .setFailureReason(text)
                                        .build()))
                        .notifications()
                        .getFirst(),
                rules.tell(Digest.of(((Decision.AddToDigest) Samples.decide(
                                rules,
                                Samples.message()
                                        .setSenderName(text)
                                        .setContent(text)
                                        .build()))
                        .entries())));

        assertThat(pushed)
                .allSatisfy(notification -> assertThat(payloads.notification(notification, RowStates.NEW)
                                .data()
                                .getBytes(StandardCharsets.UTF_8))
                        .hasSizeLessThan(PushEvent.MAX_ENCRYPTED_DATA_BYTES));
    }
}

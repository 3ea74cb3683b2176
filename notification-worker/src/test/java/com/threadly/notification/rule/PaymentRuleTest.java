package com.threadly.notification.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.PaymentStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentRuleTest {

    private final Rules rules = Samples.rules();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SUCCEEDED   |               | ana | Payment received  | The buyer paid €12.50.
            FAILED      |               | ben | Payment failed    | Your payment of €12.50 did not go through. Please try again.
            FAILED      | Card expired. | ben | Payment failed    | Your payment of €12.50 did not go through: Card expired.
            REFUNDED    |               | ben | Refund on its way | We are returning €12.50 to you.
            PAYOUT_SENT |               | ana | Payout sent       | We sent €12.50 to your account.
            """)
    void tellsWhomItConcerns(PaymentStatus status, String reason, String userId, String title, String message) {
        var tell = (Decision.Tell)
                rules.decide(Samples.payment(status).setFailureReason(reason).build());

        assertThat(tell.broadcasts()).isEmpty();
        assertThat(tell.notifications()).singleElement().satisfies(one -> {
            assertThat(one.type()).isEqualTo(NotificationType.PAYMENT);
            assertThat(one.userId()).isEqualTo(userId);
            assertThat(one.title()).isEqualTo(title);
            assertThat(one.message()).isEqualTo(message);
            assertThat(one.metadata())
                    .containsEntry("paymentId", "payment-1")
                    .containsEntry("orderId", "order-1")
                    .containsEntry("status", status.name())
                    .containsEntry("eventId", Samples.EVENT.toString())
                    .hasSize(4);
        });
    }

    @ParameterizedTest
    @CsvSource({"AUTHORIZED, nobody_to_tell", "UNKNOWN, unknown_status"})
    void tellsNobody(PaymentStatus status, String reason) {
        assertThat(rules.decide(Samples.payment(status).build())).isEqualTo(new Decision.Skip(reason));
    }

    @Test
    void refusesAPaymentWithoutAnId() {
        assertThat(rules.decide(
                        Samples.payment(PaymentStatus.REFUNDED).setPaymentId("").build()))
                .isEqualTo(new Decision.Invalid("paymentId is empty"));
    }
}

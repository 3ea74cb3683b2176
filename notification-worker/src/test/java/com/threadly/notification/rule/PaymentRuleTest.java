package com.threadly.notification.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.PaymentStatus;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaymentRuleTest {

    private final Rules rules = Samples.rules();

    private static final String TOLD = """
            SUCCEEDED   |               | en | ben: Payment confirmed. Your payment of €12.50 went through.; ana: Payment received. The buyer paid €12.50.
            SUCCEEDED   |               | de | ben: Zahlung bestätigt. Deine Zahlung über 12,50 € war erfolgreich.; ana: Zahlung eingegangen. Der Käufer hat 12,50 € bezahlt.
            FAILED      |               | en | ben: Payment failed. Your payment of €12.50 did not go through. Please try again.
            FAILED      | Card expired. | en | ben: Payment failed. Your payment of €12.50 did not go through: Card expired.
            REFUNDED    |               | en | ben: Refund on its way. We are returning €12.50 to you.
            PAYOUT_SENT |               | en | ana: Payout sent. We sent €12.50 to your account.
            PAYOUT_FAILED |             | en | ana: Payout failed. We could not send €12.50 to your account. Please check your account details.
            PAYOUT_FAILED | Account closed. | en | ana: Payout failed. We could not send €12.50 to your account: Account closed.
            PAYOUT_SENT |               | de | ana: Auszahlung unterwegs. Wir haben dir 12,50 € überwiesen.
            """;

    private static final String TELLS_NOBODY = """
            AUTHORIZED | nobody_to_tell
            UNKNOWN    | unknown_status
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = TOLD)
    void notifiesThoseConcerned(PaymentStatus status, String reason, String language, String expected) {
        var tell = (Decision.Notify) Samples.decide(
                Samples.rules(Locale.of(language)),
                Samples.payment(status).setFailureReason(reason).build());

        assertThat(tell.broadcasts()).isEmpty();
        assertThat(tell.notifications().stream()
                        .map(one -> "%s: %s. %s"
                                .formatted(one.userId(), one.title(), one.message())
                                .replace('\u00a0', ' ')))
                .containsExactly(expected.split("; ", -1));
    }

    @Test
    void decidesForEveryStatusWhomToNotify() {
        assertThat((TOLD + TELLS_NOBODY).lines().map(line -> PaymentStatus.valueOf(line.replaceFirst(" .*", ""))))
                .containsOnly(PaymentStatus.values());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNKNOWN", "AUTHORIZED"})
    void carriesWhatAClientLinksTo(PaymentStatus status) {
        var tell =
                (Decision.Notify) Samples.decide(rules, Samples.payment(status).build());

        assertThat(tell.notifications()).isNotEmpty().allSatisfy(one -> {
            assertThat(one.type()).isEqualTo(NotificationType.PAYMENT);
            assertThat(one.metadata()).isEqualTo("""
                    {"paymentId":"payment-1","orderId":"order-1","status":"%s","eventId":"%s"}\
                    """.formatted(status, Samples.EVENT));
        });
    }

    @Test
    void refusesANegativeAmountAndACurrencyOfWhichItKnowsNoDecimals() {
        var payment = Samples.payment(PaymentStatus.SUCCEEDED);

        assertThat(Samples.decide(rules, payment.setAmountMinor(-1).build()))
                .isEqualTo(new Decision.Invalid("amountMinor is negative: a refund has a status of its own"));
        assertThat(Samples.decide(
                        rules, payment.setAmountMinor(1).setCurrency("QQQ").build()))
                .isInstanceOf(Decision.Invalid.class);
    }

    @Test
    void sendsBothNotificationsToAUserWhoPaysThemselves() {
        var tell = (Decision.Notify) Samples.decide(
                rules,
                Samples.payment(PaymentStatus.SUCCEEDED).setPayeeId("ben").build());

        assertThat(tell.notifications().stream().map(Notification::id).distinct())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = TELLS_NOBODY)
    void notifiesNobody(PaymentStatus status, String reason) {
        assertThat(Samples.decide(rules, Samples.payment(status).build())).isEqualTo(new Decision.Skip(reason));
    }

    @Test
    void refusesAPaymentWithoutAnId() {
        assertThat(Samples.decide(
                        rules,
                        Samples.payment(PaymentStatus.REFUNDED).setPaymentId("").build()))
                .isEqualTo(new Decision.Invalid("paymentId is empty"));
    }
}

package com.threadly.notification.rule;

import com.threadly.common.push.Channels;
import com.threadly.events.PaymentStatusChanged;
import java.util.LinkedHashMap;
import java.util.List;

/** A payment's status: told to whoever paid or is paid. */
final class PaymentRule {

    private static final int REASON_GRAPHEMES = 200;

    private final Texts texts;
    private final Amounts amounts;

    PaymentRule(Texts texts, Amounts amounts) {
        this.texts = texts;
        this.amounts = amounts;
    }

    Decision decide(PaymentStatusChanged payment) {
        String payer = payment.getPayerId();
        String payee = payment.getPayeeId();
        Channels.user("payerId", payer);
        Channels.user("payeeId", payee);
        Channels.order(payment.getOrderId());
        Channels.checked("paymentId", payment.getPaymentId());
        return switch (payment.getStatus()) {
            case UNKNOWN -> new Decision.Skip("unknown_status");
            // A hold on the card: nothing has moved that anyone must know of.
            case AUTHORIZED -> new Decision.Skip("nobody_to_tell");
            case SUCCEEDED -> tell(payment, payee, "payment.succeeded");
            case FAILED -> failed(payment, payer);
            case REFUNDED -> tell(payment, payer, "payment.refunded");
            case PAYOUT_SENT -> tell(payment, payee, "payment.payout_sent");
        };
    }

    private Decision failed(PaymentStatusChanged payment, String payer) {
        String reason = PlainText.line(payment.getFailureReason().orElse(""), REASON_GRAPHEMES);
        return reason.isEmpty()
                ? tell(payment, payer, "payment.failed")
                : tell(payment, payer, "payment.failed_because", reason);
    }

    private Decision tell(PaymentStatusChanged payment, String userId, String key, String... reason) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("paymentId", payment.getPaymentId());
        metadata.put("orderId", payment.getOrderId());
        metadata.put("status", payment.getStatus().name());
        metadata.put("eventId", payment.getEventId().toString());
        String amount = amounts.format(payment.getAmountMinor(), payment.getCurrency());
        String message =
                reason.length == 0 ? texts.of(key + ".message", amount) : texts.of(key + ".message", amount, reason[0]);
        return new Decision.Tell(
                List.of(Notification.ofEvent(
                        Ids.of("payment", payment.getEventId().toString(), userId),
                        userId,
                        NotificationType.PAYMENT,
                        texts.of(key + ".title"),
                        message,
                        metadata,
                        payment.getOccurredAt())),
                List.of());
    }
}

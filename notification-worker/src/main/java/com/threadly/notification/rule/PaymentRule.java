package com.threadly.notification.rule;

import static com.threadly.payload.Payloads.json;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.PaymentStatusChanged;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A payment's status: notifies the payer or the payee. */
final class PaymentRule {

    private static final int REASON_GRAPHEMES = 200;

    private enum Party {
        PAYER,
        PAYEE
    }

    private record Metadata(String paymentId, String orderId, String status, String eventId) {}

    private final MessageTexts texts;
    private final Amounts amounts;

    PaymentRule(MessageTexts texts, Amounts amounts) {
        this.texts = texts;
        this.amounts = amounts;
    }

    Decision decide(PaymentStatusChanged payment) {
        ChannelNames.user("payerId", payment.getPayerId());
        ChannelNames.user("payeeId", payment.getPayeeId());
        ChannelNames.order(payment.getOrderId());
        ChannelNames.checked("paymentId", payment.getPaymentId());
        if (payment.getAmountMinor() < 0) {
            throw new InvalidFieldException("amountMinor", "is negative: a refund has a status of its own");
        }
        return switch (payment.getStatus()) {
            case UNKNOWN -> new Decision.Skip("unknown_status");
            // A hold on the card: no money has moved, so notify nobody.
            case AUTHORIZED -> new Decision.Skip("nobody_to_tell");
            case SUCCEEDED -> tell(payment, Party.PAYER, Party.PAYEE);
            // The order's own status notifies the seller of a refund or cancellation.
            case FAILED, REFUNDED -> tell(payment, Party.PAYER);
            case PAYOUT_SENT, PAYOUT_FAILED -> tell(payment, Party.PAYEE);
        };
    }

    private Decision tell(PaymentStatusChanged payment, Party... parties) {
        return new Decision.Notify(
                Stream.of(parties).map(party -> notification(payment, party)).toList(), List.of());
    }

    private Notification notification(PaymentStatusChanged payment, Party party) {
        String status = payment.getStatus().name();
        String eventId = payment.getEventId().toString();
        String key = ("payment." + status + "." + party).toLowerCase(Locale.ROOT);
        String userId = switch (party) {
            case PAYER -> payment.getPayerId();
            case PAYEE -> payment.getPayeeId();
        };
        return Notification.ofEvent(
                // The party is part of the id: a user who pays themselves gets both notifications.
                Ids.of("payment", eventId, party.name(), userId),
                userId,
                NotificationType.PAYMENT,
                texts.of(key + ".title"),
                message(payment, key),
                json(new Metadata(payment.getPaymentId(), payment.getOrderId(), status, eventId)),
                payment.getOccurredAt(),
                List.of(
                                payment.getPaymentId(),
                                payment.getOrderId(),
                                status,
                                payment.getAmountMinor(),
                                payment.getCurrency(),
                                payment.getFailureReason().orElse(""))
                        .hashCode());
    }

    private String message(PaymentStatusChanged payment, String key) {
        String amount = amounts.format(payment.getAmountMinor(), payment.getCurrency());
        String reason = TextSanitizer.line(payment.getFailureReason().orElse(""), REASON_GRAPHEMES);
        return switch (payment.getStatus()) {
            case FAILED, PAYOUT_FAILED ->
                reason.isEmpty()
                        ? texts.of(key + ".message", amount)
                        : texts.of(key + ".message_because", amount, texts.isolated(reason));
            case UNKNOWN, AUTHORIZED, SUCCEEDED, REFUNDED, PAYOUT_SENT -> texts.of(key + ".message", amount);
        };
    }
}

package com.threadly.localstack.check;

import com.threadly.events.OrderStatusChanged;
import com.threadly.events.PaymentStatusChanged;
import java.util.List;

/** Who is notified of what. */
final class ExpectedRecipients {

    private ExpectedRecipients() {}

    static List<String> of(OrderStatusChanged order) {
        return switch (order.getStatus()) {
            case PLACED, COMPLETED, DISPUTED -> List.of(order.getSellerId());
            case CONFIRMED, SHIPPED -> List.of(order.getBuyerId());
            case DELIVERED, CANCELLED, REFUNDED -> List.of(order.getBuyerId(), order.getSellerId());
            case UNKNOWN -> List.of();
        };
    }

    static List<String> of(PaymentStatusChanged payment) {
        return switch (payment.getStatus()) {
            case SUCCEEDED -> List.of(payment.getPayerId(), payment.getPayeeId());
            case PAYOUT_SENT, PAYOUT_FAILED -> List.of(payment.getPayeeId());
            case FAILED, REFUNDED -> List.of(payment.getPayerId());
            case AUTHORIZED, UNKNOWN -> List.of();
        };
    }
}

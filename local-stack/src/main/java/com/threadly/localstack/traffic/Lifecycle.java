package com.threadly.localstack.traffic;

import com.threadly.events.OrderStatus;
import com.threadly.events.PaymentStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which status may follow: the usual one first, then the exceptional ones; none if it must wait or has ended. */
final class Lifecycle {

    private Lifecycle() {}

    static List<OrderStatus> afterOrder(@Nullable OrderStatus order, @Nullable PaymentStatus payment) {
        return switch (order) {
            case null -> List.of(OrderStatus.PLACED);
            case PLACED ->
                payment == PaymentStatus.FAILED
                        ? List.of(OrderStatus.CANCELLED)
                        : List.of(OrderStatus.CONFIRMED, OrderStatus.CANCELLED);
            case CONFIRMED -> afterConfirmed(payment);
            case SHIPPED -> List.of(OrderStatus.DELIVERED);
            case DELIVERED -> List.of(OrderStatus.COMPLETED, OrderStatus.DISPUTED);
            case DISPUTED -> List.of(OrderStatus.REFUNDED, OrderStatus.COMPLETED);
            case COMPLETED, CANCELLED, REFUNDED, UNKNOWN -> List.of();
        };
    }

    private static List<OrderStatus> afterConfirmed(@Nullable PaymentStatus payment) {
        return switch (payment) {
            case null -> List.of();
            case AUTHORIZED, UNKNOWN -> List.of();
            case SUCCEEDED -> List.of(OrderStatus.SHIPPED, OrderStatus.CANCELLED);
            case FAILED, REFUNDED, PAYOUT_SENT, PAYOUT_FAILED -> List.of(OrderStatus.CANCELLED);
        };
    }

    static List<PaymentStatus> afterPayment(@Nullable PaymentStatus payment, @Nullable OrderStatus order) {
        return switch (payment) {
            case null ->
                order == null || order == OrderStatus.CANCELLED ? List.of() : List.of(PaymentStatus.AUTHORIZED);
            case AUTHORIZED ->
                order == OrderStatus.CANCELLED
                        ? List.of(PaymentStatus.REFUNDED)
                        : List.of(PaymentStatus.SUCCEEDED, PaymentStatus.FAILED);
            case SUCCEEDED -> afterSucceeded(order);
            case FAILED, REFUNDED, PAYOUT_SENT, PAYOUT_FAILED, UNKNOWN -> List.of();
        };
    }

    private static List<PaymentStatus> afterSucceeded(@Nullable OrderStatus order) {
        return switch (order) {
            case null -> List.of();
            case PLACED, CONFIRMED, SHIPPED, DELIVERED, DISPUTED, UNKNOWN -> List.of();
            case COMPLETED -> List.of(PaymentStatus.PAYOUT_SENT, PaymentStatus.PAYOUT_FAILED);
            case CANCELLED, REFUNDED -> List.of(PaymentStatus.REFUNDED);
        };
    }
}

package com.threadly.localstack.traffic;

import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.PaymentStatus;
import com.threadly.events.PaymentStatusChanged;
import com.threadly.events.Topics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order and its payment in progress. For the thread that generates the events. */
final class Deal {

    /** One in this many steps is unusual. */
    private static final int BAD_DAY = 15;

    private final Order order;
    private final Stamps stamps;
    private @Nullable OrderStatus orderStatus;
    private @Nullable PaymentStatus paymentStatus;

    Deal(Order order, Stamps stamps) {
        this.order = order;
        this.stamps = stamps;
    }

    boolean orderCanMove() {
        return !Lifecycle.afterOrder(orderStatus, paymentStatus).isEmpty();
    }

    boolean paymentCanMove() {
        return !Lifecycle.afterPayment(paymentStatus, orderStatus).isEmpty();
    }

    boolean isDone() {
        return !orderCanMove() && !paymentCanMove();
    }

    Emission<OrderStatusChanged> moveOrder() {
        OrderStatus previous = orderStatus;
        OrderStatus status = pick(Lifecycle.afterOrder(previous, paymentStatus));
        orderStatus = status;
        return new Emission<>(Topics.ORDER_EVENTS, orderEvent(order, status, previous, stamps));
    }

    Emission<PaymentStatusChanged> movePayment() {
        PaymentStatus status = pick(Lifecycle.afterPayment(paymentStatus, orderStatus));
        paymentStatus = status;
        var event = PaymentStatusChanged.newBuilder()
                .setEventId(stamps.newId())
                .setOccurredAt(stamps.now())
                .setPaymentId(order.paymentId())
                .setOrderId(order.id())
                .setPayerId(order.buyer().id())
                .setPayeeId(order.seller().id())
                .setAmountMinor(order.product().priceMinor())
                .setCurrency(Product.CURRENCY)
                .setStatus(status);
        if (status == PaymentStatus.FAILED || status == PaymentStatus.PAYOUT_FAILED) {
            event.setFailureReason(Words.failureReason(stamps.random()));
        }
        return new Emission<>(Topics.PAYMENT_EVENTS, event.build());
    }

    static OrderStatusChanged orderEvent(
            Order order, OrderStatus status, @Nullable OrderStatus previous, Stamps stamps) {
        var event = OrderStatusChanged.newBuilder()
                .setEventId(stamps.newId())
                .setOccurredAt(stamps.now())
                .setOrderId(order.id())
                .setBuyerId(order.buyer().id())
                .setSellerId(order.seller().id())
                .setProductId(order.product().id())
                .setProductTitle(order.product().title())
                .setStatus(status);
        if (previous != null) {
            event.setPreviousStatus(previous);
        }
        return event.build();
    }

    private <S> S pick(List<S> following) {
        boolean badDay = following.size() > 1 && stamps.random().nextInt(BAD_DAY) == 0;
        return following.get(badDay ? 1 : 0);
    }
}

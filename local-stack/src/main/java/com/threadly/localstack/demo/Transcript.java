package com.threadly.localstack.demo;

import com.threadly.events.MessageSent;
import com.threadly.events.OrderStatusChanged;
import com.threadly.localstack.page.OrderStanding;
import com.threadly.localstack.page.SentMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the message and order services would store about the live scene. For one thread at a time. */
final class Transcript {

    private static final int KEPT = 100;

    private final Deque<SentMessage> messages = new ArrayDeque<>();
    private @Nullable OrderStanding order;

    SentMessage add(MessageSent event) {
        var message = new SentMessage(
                event.getMessageId(),
                event.getConversationId(),
                event.getSenderId(),
                event.getContent(),
                event.getOccurredAt().toString());
        messages.addLast(message);
        if (messages.size() > KEPT) {
            messages.removeFirst();
        }
        return message;
    }

    void add(OrderStatusChanged event) {
        order = new OrderStanding(
                event.getOrderId(),
                event.getStatus().name(),
                event.getPreviousStatus().map(Enum::name).orElse(null),
                event.getOccurredAt().toString());
    }

    List<SentMessage> messages() {
        return List.copyOf(messages);
    }

    Optional<OrderStanding> order() {
        return Optional.ofNullable(order);
    }
}

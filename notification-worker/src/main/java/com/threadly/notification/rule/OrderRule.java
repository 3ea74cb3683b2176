package com.threadly.notification.rule;

import static com.threadly.payload.Payloads.json;

import com.threadly.events.ChannelNames;
import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An order's status: notifies buyer or seller, and both on the order's channel. */
final class OrderRule {

    private static final int TITLE_GRAPHEMES = 60;

    private enum Party {
        BUYER,
        SELLER
    }

    private record Metadata(String orderId, String status, String eventId) {}

    private final MessageTexts texts;
    private final PushEvents payloads;

    OrderRule(MessageTexts texts, PushEvents payloads) {
        this.texts = texts;
        this.payloads = payloads;
    }

    Decision decide(OrderStatusChanged order) {
        if (order.getStatus() == OrderStatus.UNKNOWN) {
            return new Decision.Skip("unknown_status");
        }
        Map<Party, String> users = new LinkedHashMap<>();
        users.put(Party.BUYER, order.getBuyerId());
        users.put(Party.SELLER, order.getSellerId());
        ChannelNames.user("buyerId", order.getBuyerId());
        ChannelNames.user("sellerId", order.getSellerId());
        // Built first: it also validates the order's id.
        var broadcast = payloads.orderStatus(order);
        Set<Party> recipients = recipients(order.getStatus());
        List<Notification> notifications = users.entrySet().stream()
                .filter(user -> recipients.contains(user.getKey()))
                .map(user -> notification(order, user.getKey(), user.getValue()))
                .toList();
        return new Decision.Notify(notifications, List.of(broadcast));
    }

    private static Set<Party> recipients(OrderStatus status) {
        return switch (status) {
            case UNKNOWN -> EnumSet.noneOf(Party.class);
            // The buyer did it, or has nothing left to do.
            case PLACED, COMPLETED, DISPUTED -> EnumSet.of(Party.SELLER);
            case CONFIRMED, SHIPPED -> EnumSet.of(Party.BUYER);
            case DELIVERED, CANCELLED, REFUNDED -> EnumSet.allOf(Party.class);
        };
    }

    private Notification notification(OrderStatusChanged order, Party party, String userId) {
        String status = order.getStatus().name();
        String eventId = order.getEventId().toString();
        String key = ("order." + status + "." + party).toLowerCase(Locale.ROOT);
        return Notification.ofEvent(
                // The party is part of the id: a user who buys from themselves gets both notifications.
                Ids.of("order", eventId, party.name(), userId),
                userId,
                NotificationType.ORDER,
                texts.of(key + ".title"),
                texts.of(key + ".message", productTitle(order)),
                json(new Metadata(order.getOrderId(), status, eventId)),
                order.getOccurredAt(),
                List.of(order.getOrderId(), status, order.getProductTitle()).hashCode());
    }

    private String productTitle(OrderStatusChanged order) {
        String title = TextSanitizer.line(order.getProductTitle(), TITLE_GRAPHEMES);
        return title.isEmpty() ? texts.of("order.untitled") : texts.of("order.titled", texts.isolated(title));
    }
}

package com.threadly.localstack.check;

import com.threadly.events.AnnouncementPublished;
import com.threadly.events.MessageSent;
import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.PaymentStatusChanged;
import com.threadly.localstack.check.Expected.Digested;
import com.threadly.localstack.check.Expected.Single;
import com.threadly.localstack.traffic.Emission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which pushes an event promises. Typing and presence promise none: stale typing is dropped and counts are merged. */
record Promises(Duration digestWindow) {

    static final String CONVERSATION = "private-conversation-";
    static final String ORDER = "private-order-";
    static final String USER = "private-user-";

    List<Expected> of(Emission<?> emission) {
        return switch (emission.event()) {
            case MessageSent message -> of(message);
            case OrderStatusChanged order -> of(order);
            case PaymentStatusChanged payment -> of(payment);
            case AnnouncementPublished announcement -> of(announcement);
            default -> List.of();
        };
    }

    private List<Expected> of(MessageSent message) {
        List<Expected> promised = new ArrayList<>();
        String channel = CONVERSATION + message.getConversationId();
        promised.add(new Single(new PushId(channel, "new-message", message.getMessageId()), channel));
        Instant window = windowStart(message.getOccurredAt());
        message.getRecipientIds().stream()
                .distinct()
                .map(user -> new Digested(USER + user, message.getConversationId(), window))
                .forEach(promised::add);
        return promised;
    }

    private static List<Expected> of(OrderStatusChanged order) {
        List<Expected> promised = new ArrayList<>();
        if (order.getStatus() != OrderStatus.UNKNOWN) {
            String channel = ORDER + order.getOrderId();
            String identity = statusIdentity(order.getStatus().name(), order.getOccurredAt());
            promised.add(new Single(new PushId(channel, "order-status", identity), channel));
        }
        ExpectedRecipients.of(order).stream()
                .distinct()
                .map(user -> notification(user, order.getEventId().toString(), "order " + order.getOrderId()))
                .forEach(promised::add);
        return promised;
    }

    private static List<Expected> of(PaymentStatusChanged payment) {
        return ExpectedRecipients.of(payment).stream()
                .map(user -> notification(user, payment.getEventId().toString(), "payment " + payment.getPaymentId()))
                .toList();
    }

    private static List<Expected> of(AnnouncementPublished announcement) {
        return switch (announcement.getKind()) {
            case ANNOUNCEMENT -> List.of(everyone("global-announcements", "announcement", announcement));
            case STATUS_UPDATE -> List.of(everyone("status-updates", "status-update", announcement));
            case UNKNOWN -> List.of();
        };
    }

    private static Expected everyone(String channel, String event, AnnouncementPublished announcement) {
        return new Single(new PushId(channel, event, announcement.getAnnouncementId()), channel);
    }

    /** A user's notifications come from several topics: only those of one order or payment are ordered. */
    private static Expected notification(String user, String eventId, String subject) {
        String channel = USER + user;
        return new Single(new PushId(channel, "notification", eventId), channel + " " + subject);
    }

    static String statusIdentity(String status, Instant updatedAt) {
        return status + " at " + updatedAt;
    }

    Instant windowStart(Instant at) {
        return Instant.ofEpochMilli(at.toEpochMilli() - Math.floorMod(at.toEpochMilli(), digestWindow.toMillis()));
    }
}

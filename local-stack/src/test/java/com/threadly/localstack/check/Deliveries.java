package com.threadly.localstack.check;

import com.threadly.events.AnnouncementKind;
import com.threadly.events.AnnouncementPublished;
import com.threadly.events.MessageSent;
import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.PaymentStatus;
import com.threadly.events.PaymentStatusChanged;
import com.threadly.events.TypingChanged;
import com.threadly.localstack.subscribe.Push;
import com.threadly.localstack.traffic.Emission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What faultless workers would push, written by hand from the documentation: lanes, each in its order. */
final class Deliveries {

    private static final Map<OrderStatus, Set<String>> ORDER_TELLS = Map.of(
            OrderStatus.PLACED, Set.of("seller"),
            OrderStatus.CONFIRMED, Set.of("buyer"),
            OrderStatus.SHIPPED, Set.of("buyer"),
            OrderStatus.DELIVERED, Set.of("buyer", "seller"),
            OrderStatus.COMPLETED, Set.of("seller"),
            OrderStatus.CANCELLED, Set.of("buyer", "seller"),
            OrderStatus.DISPUTED, Set.of("seller"),
            OrderStatus.REFUNDED, Set.of("buyer", "seller"));

    private static final Map<PaymentStatus, Set<String>> PAYMENT_TELLS = Map.of(
            PaymentStatus.AUTHORIZED, Set.of(),
            PaymentStatus.SUCCEEDED, Set.of("payer", "payee"),
            PaymentStatus.FAILED, Set.of("payer"),
            PaymentStatus.REFUNDED, Set.of("payer"),
            PaymentStatus.PAYOUT_SENT, Set.of("payee"),
            PaymentStatus.PAYOUT_FAILED, Set.of("payee"));

    private final Duration latency;
    private final Map<String, List<Push>> lanes = new LinkedHashMap<>();
    private final Map<String, Set<String>> messagesOf = new LinkedHashMap<>();

    private Deliveries(Duration latency) {
        this.latency = latency;
    }

    static Deliveries of(List<Emission<?>> emissions, Duration latency) {
        Deliveries deliveries = new Deliveries(latency);
        emissions.forEach(deliveries::add);
        return deliveries;
    }

    Map<String, List<Push>> lanes() {
        return lanes;
    }

    /** All pushes, lanes mixed at random and digests merged at random. */
    List<Push> interleaved(RandomGenerator random) {
        List<Deque<Push>> left = new ArrayList<>();
        lanes.forEach((lane, pushes) ->
                left.add(new ArrayDeque<>(lane.startsWith("digest ") ? merged(pushes, random) : pushes)));
        List<Push> all = new ArrayList<>();
        while (!left.isEmpty()) {
            int lane = random.nextInt(left.size());
            all.add(left.get(lane).removeFirst());
            if (left.get(lane).isEmpty()) {
                left.set(lane, left.getLast());
                left.removeLast();
            }
        }
        return all;
    }

    /** Any push but the last of its digest may be left out for a later one. */
    private static List<Push> merged(List<Push> pushes, RandomGenerator random) {
        List<Push> kept = new ArrayList<>();
        for (int n = 0; n < pushes.size(); n++) {
            boolean last =
                    n == pushes.size() - 1 || !notificationId(pushes.get(n)).equals(notificationId(pushes.get(n + 1)));
            if (last || random.nextInt(3) > 0) {
                kept.add(pushes.get(n));
            }
        }
        return kept;
    }

    private static String notificationId(Push push) {
        return push.data().substring(0, push.data().indexOf(','));
    }

    private void add(Emission<?> emission) {
        Instant at = emission.occurredAt();
        switch (emission.event()) {
            case MessageSent m -> {
                push(
                        "private-conversation-" + m.getConversationId(),
                        "private-conversation-" + m.getConversationId(),
                        "new-message",
                        at,
                        "{\"id\":\"%s\",\"content\":\"hi\"}".formatted(m.getMessageId()));
                m.getRecipientIds().forEach(user -> digest(m, user, at));
            }
            case OrderStatusChanged o -> {
                push(
                        "private-order-" + o.getOrderId(),
                        "private-order-" + o.getOrderId(),
                        "order-status",
                        at,
                        "{\"orderId\":\"%s\",\"status\":\"%s\",\"updatedAt\":\"%s\"}"
                                .formatted(o.getOrderId(), o.getStatus(), at));
                Map<String, String> people = Map.of("buyer", o.getBuyerId(), "seller", o.getSellerId());
                ORDER_TELLS
                        .getOrDefault(o.getStatus(), Set.of())
                        .forEach(role -> notification(
                                people.getOrDefault(role, ""), "order", "order " + o.getOrderId(), o.getEventId(), at));
            }
            case PaymentStatusChanged p -> {
                Map<String, String> people = Map.of("payer", p.getPayerId(), "payee", p.getPayeeId());
                PAYMENT_TELLS
                        .getOrDefault(p.getStatus(), Set.of())
                        .forEach(role -> notification(
                                people.getOrDefault(role, ""),
                                "payment",
                                "payment " + p.getPaymentId(),
                                p.getEventId(),
                                at));
            }
            case AnnouncementPublished a -> {
                boolean news = a.getKind() == AnnouncementKind.ANNOUNCEMENT;
                String channel = news ? "global-announcements" : "status-updates";
                push(
                        channel,
                        channel,
                        news ? "announcement" : "status-update",
                        at,
                        "{\"id\":\"%s\"}".formatted(a.getAnnouncementId()));
            }
            case TypingChanged t ->
                push("typing", "private-conversation-" + t.getConversationId(), "typing", at, "{\"isTyping\":true}");
            default -> {}
        }
    }

    private void digest(MessageSent m, String user, Instant at) {
        long window = at.toEpochMilli() / 300_000;
        String id = user + "/" + m.getConversationId() + "/" + window;
        Set<String> messages = messagesOf.computeIfAbsent(id, _ -> new LinkedHashSet<>());
        messages.add(m.getMessageId());
        push(
                "digest " + user + " " + m.getConversationId(),
                "private-user-" + user,
                "notification",
                at,
                String.format(
                        Locale.ROOT,
                        "{\"id\":\"%s\",\"userId\":\"%s\",\"type\":\"message\",\"createdAt\":\"%s\",\"metadata\":{\"conversationId\":\"%s\",\"count\":1},\"revision\":%d}",
                        id,
                        user,
                        at,
                        m.getConversationId(),
                        messages.size()));
    }

    private void notification(String user, String type, String subject, UUID eventId, Instant at) {
        push(
                user + " " + subject,
                "private-user-" + user,
                "notification",
                at,
                "{\"id\":\"n-%s-%s\",\"userId\":\"%s\",\"type\":\"%s\",\"metadata\":{\"eventId\":\"%s\"}}"
                        .formatted(eventId, user, user, type, eventId));
    }

    private void push(String lane, String channel, String event, Instant at, String data) {
        lanes.computeIfAbsent(lane, _ -> new ArrayList<>()).add(new Push(channel, event, data, at.plus(latency)));
    }
}

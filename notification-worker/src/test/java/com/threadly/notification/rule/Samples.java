package com.threadly.notification.rule;

import com.threadly.events.AnnouncementKind;
import com.threadly.events.AnnouncementPublished;
import com.threadly.events.MessageSent;
import com.threadly.events.NotificationRequested;
import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.PaymentStatus;
import com.threadly.events.PaymentStatusChanged;
import com.threadly.events.RequestedType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/** Ordinary events; a test changes what it needs. */
final class Samples {

    static final UUID EVENT = UUID.fromString("00000000-0000-4000-8000-000000000001");
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00.120Z");

    private Samples() {}

    static Rules rules() {
        return rules(Locale.ENGLISH);
    }

    static Rules rules(Locale locale) {
        return new Rules(locale, Duration.ofMinutes(5), new PushEvents(false));
    }

    static OrderStatusChanged.Builder order(OrderStatus status) {
        return OrderStatusChanged.newBuilder()
                .setEventId(EVENT)
                .setOccurredAt(NOON)
                .setOrderId("order-1")
                .setBuyerId("ben")
                .setSellerId("ana")
                .setProductId("product-1")
                .setProductTitle("Linen shirt")
                .setStatus(status);
    }

    static PaymentStatusChanged.Builder payment(PaymentStatus status) {
        return PaymentStatusChanged.newBuilder()
                .setEventId(EVENT)
                .setOccurredAt(NOON)
                .setPaymentId("payment-1")
                .setOrderId("order-1")
                .setPayerId("ben")
                .setPayeeId("ana")
                .setAmountMinor(1250)
                .setCurrency("EUR")
                .setStatus(status);
    }

    static MessageSent.Builder message() {
        return MessageSent.newBuilder()
                .setEventId(EVENT)
                .setOccurredAt(NOON)
                .setMessageId("message-1")
                .setConversationId("conversation-1")
                .setSenderId("ana")
                .setSenderName("Ana")
                .setRecipientIds(List.of("ben"))
                .setContent("Is it still available?");
    }

    static NotificationRequested.Builder request() {
        return NotificationRequested.newBuilder()
                .setEventId(EVENT)
                .setOccurredAt(NOON)
                .setUserId("ben")
                .setType(RequestedType.SYSTEM)
                .setTitle("Maintenance tonight")
                .setMessage("We are back at 3:00.");
    }

    static AnnouncementPublished.Builder announcement(AnnouncementKind kind) {
        return AnnouncementPublished.newBuilder()
                .setEventId(EVENT)
                .setOccurredAt(NOON)
                .setAnnouncementId("announcement-1")
                .setKind(kind)
                .setTitle("Sale")
                .setMessage("Everything must go.");
    }

    /** What {@code rules} decide when {@code event} came in time. */
    static Decision decide(Rules rules, SpecificRecord event) {
        return rules.decide(event, (Instant)
                event.get(event.getSchema().getField("occurredAt").pos()));
    }
}

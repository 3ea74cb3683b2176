package com.threadly.notification;

import com.threadly.events.AnnouncementKind;
import com.threadly.events.AnnouncementPublished;
import com.threadly.events.MessageSent;
import com.threadly.events.NotificationRequested;
import com.threadly.events.NotificationState;
import com.threadly.events.NotificationsRead;
import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.PaymentStatus;
import com.threadly.events.PaymentStatusChanged;
import com.threadly.events.RequestedType;
import com.threadly.events.UserErased;
import com.threadly.events.UserPresence;
import com.threadly.events.UserStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Events that differ by number. */
final class SampleEvents {

    static final Instant NOON = Instant.parse("2026-01-01T12:00:00.120Z");

    static final String OF_EVE = "conversation-of-eve";

    private SampleEvents() {}

    static OrderStatusChanged order(int number, OrderStatus status) {
        return order(number, status, NOON.plusSeconds(number));
    }

    static OrderStatusChanged order(int number, OrderStatus status, Instant at) {
        return OrderStatusChanged.newBuilder()
                .setEventId(id("order" + number + status))
                .setOccurredAt(at)
                .setOrderId("order-" + number)
                .setBuyerId("ben")
                .setSellerId("ana")
                .setProductId("product-1")
                .setProductTitle("Linen shirt")
                .setStatus(status)
                .build();
    }

    /** Ben pays Ana for the order of that number. */
    static PaymentStatusChanged payment(int number, PaymentStatus status) {
        return PaymentStatusChanged.newBuilder()
                .setEventId(id("payment" + number + status))
                .setOccurredAt(NOON.plusSeconds(number))
                .setPaymentId("payment-" + number)
                .setOrderId("order-" + number)
                .setPayerId("ben")
                .setPayeeId("ana")
                .setAmountMinor(1_250L + number)
                .setCurrency("EUR")
                .setStatus(status)
                .build();
    }

    /** A message of one conversation from Ana to Ben and Cid. */
    static MessageSent message(int number) {
        return message(number, NOON.plusSeconds(number));
    }

    static MessageSent message(int number, Instant at) {
        return MessageSent.newBuilder()
                .setEventId(id("message" + number))
                .setOccurredAt(at)
                .setMessageId("message-" + number)
                .setConversationId("conversation-1")
                .setSenderId("ana")
                .setSenderName("Ana")
                .setRecipientIds(List.of("ben", "cid"))
                .setContent("Text " + number)
                .build();
    }

    /** A message of another conversation from Eve to Ben and Dan. */
    static MessageSent messageOfEve(int number, Instant at) {
        return MessageSent.newBuilder(message(number, at))
                .setConversationId(OF_EVE)
                .setSenderId("eve")
                .setSenderName("Eve")
                .setRecipientIds(List.of("ben", "dan"))
                .build();
    }

    /** From Ana to this many members and herself, as sent by services that know only the members. */
    static MessageSent message(int number, String conversation, int members) {
        return MessageSent.newBuilder(message(number, NOON))
                .setConversationId(conversation)
                .setContent(
                        String.format(Locale.ROOT, "Message %d, which is long enough to be worth a preview. ", number)
                                .repeat(3))
                .setRecipientIds(Stream.concat(
                                Stream.of("ana"), IntStream.range(0, members).mapToObj(n -> conversation + "-" + n))
                        .toList())
                .build();
    }

    /** To Ben. */
    static NotificationRequested.Builder request(int number, Instant at) {
        return NotificationRequested.newBuilder()
                .setEventId(id("request" + number))
                .setOccurredAt(at)
                .setUserId("ben")
                .setType(RequestedType.SYSTEM)
                .setTitle("Request " + number)
                .setMessage("Text " + number)
                .setMetadata(Map.of("request", Integer.toString(number)));
    }

    static UserErased erased(String userId) {
        return UserErased.newBuilder()
                .setEventId(id("erased" + userId))
                .setOccurredAt(NOON)
                .setUserId(userId)
                .build();
    }

    static AnnouncementPublished announcement(int number) {
        return AnnouncementPublished.newBuilder()
                .setEventId(id("announcement" + number))
                .setOccurredAt(NOON)
                .setAnnouncementId("announcement-" + number)
                .setKind(AnnouncementKind.ANNOUNCEMENT)
                .setTitle("Sale")
                .setMessage("Everything must go.")
                .build();
    }

    static NotificationsRead read(int number, String userId, Instant at, UUID... notificationIds) {
        return reading(number, userId, at)
                .setNotificationIds(
                        Arrays.stream(notificationIds).map(UUID::toString).toList())
                .build();
    }

    /** Of the revisions that were shown. */
    static NotificationsRead shown(int number, String userId, Instant at, Map<UUID, Integer> revisions) {
        List<UUID> ids = List.copyOf(revisions.keySet());
        return reading(number, userId, at)
                .setNotificationIds(ids.stream().map(UUID::toString).toList())
                .setRevisions(ids.stream().map(revisions::get).toList())
                .build();
    }

    /** A state of one notification, set or, with revision 0, taken back. */
    static NotificationsRead marked(
            int number, String userId, NotificationState state, UUID notificationId, int revision, int round) {
        return reading(number, userId, NOON.plusSeconds(number))
                .setMarkedAs(state)
                .setMarkedIds(List.of(notificationId.toString()))
                .setMarkedRevisions(List.of(revision))
                .setMarkedRounds(List.of(round))
                .build();
    }

    static NotificationsRead readAllUpTo(int number, String userId, Instant at) {
        return readAllUpTo(number, userId, at, at);
    }

    static NotificationsRead readAllUpTo(int number, String userId, Instant upTo, Instant at) {
        return reading(number, userId, at).setAllUpTo(upTo).build();
    }

    private static NotificationsRead.Builder reading(int number, String userId, Instant at) {
        return NotificationsRead.newBuilder()
                .setEventId(id("read" + number + userId))
                .setOccurredAt(at)
                .setUserId(userId)
                .setReadAt(at);
    }

    static UserPresence presence(String userId, UserStatus status, Instant at) {
        return UserPresence.newBuilder()
                .setEventId(id("presence" + userId + at))
                .setOccurredAt(at)
                .setUserId(userId)
                .setStatus(status)
                .setLastSeen(at)
                .build();
    }

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}

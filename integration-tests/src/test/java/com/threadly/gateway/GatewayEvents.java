package com.threadly.gateway;

import com.threadly.events.ConversationMembersChanged;
import com.threadly.events.MembersChange;
import com.threadly.events.MessageSent;
import com.threadly.events.NotificationRequested;
import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.RequestedType;
import com.threadly.events.Topics;
import com.threadly.localstack.testing.Servers;
import com.threadly.localstack.traffic.Emission;
import com.threadly.localstack.traffic.TrafficProducer;
import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.RegistrySettings;
import com.threadly.runtime.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the message and order services publish. */
final class GatewayEvents implements AutoCloseable {

    private final Clock clock = Clock.systemUTC();
    private final TrafficProducer producer;
    private Instant last = Instant.EPOCH;

    GatewayEvents(Servers servers) {
        this(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", servers.kafka(),
                "SCHEMA_REGISTRY_URL", servers.registry().toString()));
    }

    GatewayEvents(Map<String, String> environment) {
        var settings = Settings.of(environment);
        producer = new TrafficProducer(KafkaSettings.from(settings), RegistrySettings.from(settings));
    }

    void message(String conversationId, String sender, String recipient) {
        messageAt(now(), conversationId, sender, recipient);
    }

    /** By a service whose clock says {@code occurredAt}. */
    void messageAt(Instant occurredAt, String conversationId, String sender, String recipient) {
        publish(new Emission<>(
                Topics.MESSAGE_EVENTS,
                MessageSent.newBuilder()
                        .setEventId(UUID.randomUUID())
                        .setOccurredAt(occurredAt)
                        .setMessageId(UUID.randomUUID().toString())
                        .setConversationId(conversationId)
                        .setSenderId(sender)
                        .setRecipientIds(List.of(recipient))
                        .setContent("Is the dress still there?")
                        .build()));
    }

    /** One that {@code recipients} get. */
    String messageTo(String conversationId, String content, String sender, String... recipients) {
        String id = UUID.randomUUID().toString();
        publish(new Emission<>(
                Topics.MESSAGE_EVENTS,
                MessageSent.newBuilder()
                        .setEventId(UUID.randomUUID())
                        .setOccurredAt(now())
                        .setMessageId(id)
                        .setConversationId(conversationId)
                        .setSenderId(sender)
                        .setRecipientIds(List.of(recipients))
                        .setContent(content)
                        .build()));
        return id;
    }

    void members(String conversationId, MembersChange change, String... members) {
        publish(new Emission<>(
                Topics.CONVERSATION_MEMBER_EVENTS,
                ConversationMembersChanged.newBuilder()
                        .setEventId(UUID.randomUUID())
                        .setOccurredAt(now())
                        .setConversationId(conversationId)
                        .setMemberIds(List.of(members))
                        .setChange(change)
                        .build()));
    }

    void order(String orderId, String buyer, String seller) {
        publish(new Emission<>(
                Topics.ORDER_EVENTS,
                OrderStatusChanged.newBuilder()
                        .setEventId(UUID.randomUUID())
                        .setOccurredAt(now())
                        .setOrderId(orderId)
                        .setBuyerId(buyer)
                        .setSellerId(seller)
                        .setProductId("product-1")
                        .setProductTitle("Linen dress")
                        .setStatus(OrderStatus.PLACED)
                        .build()));
    }

    /** Of an hour ago, until {@code expiresAt}. */
    void request(String userId, String title, Instant expiresAt) {
        publish(new Emission<>(
                Topics.NOTIFICATION_EVENTS,
                NotificationRequested.newBuilder()
                        .setEventId(UUID.randomUUID())
                        .setOccurredAt(now().minus(Duration.ofHours(1)))
                        .setUserId(userId)
                        .setType(RequestedType.SYSTEM)
                        .setTitle(title)
                        .setMessage("We are back at 3:00.")
                        .setMetadata(Map.of("ticket", "t-1"))
                        .setLink("/status")
                        .setExpiresAt(expiresAt)
                        .build()));
    }

    private void publish(Emission<?> emission) {
        var _ = producer.publish(emission);
        producer.flush();
    }

    /** Later each time, so that the order of events is defined. */
    private Instant now() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        last = now.isAfter(last) ? now : last.plusMillis(1);
        return last;
    }

    @Override
    public void close() {
        producer.close();
    }
}

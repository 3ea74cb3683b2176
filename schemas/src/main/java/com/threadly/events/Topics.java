package com.threadly.events;

import com.threadly.events.Topic.Cleanup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/**
 * Every topic of the system. Publish with {@link Topic#keyOf} as the key: order and deduplication are per key.
 *
 * <pre>{@code
 * producer.send(new ProducerRecord<>(Topics.ORDER_EVENTS.name(), Topics.ORDER_EVENTS.keyOf(event), event));
 * }</pre>
 */
@NullMarked
public final class Topics {

    private static final int PARTITIONS = 12;
    private static final Duration YEAR = Duration.ofDays(365);

    /** Order service: an order moved to another status. Kept a year, so that inboxes can be rebuilt. */
    public static final Topic<OrderStatusChanged> ORDER_EVENTS =
            new Topic<>("order-events", "orderId", OrderStatusChanged.class, PARTITIONS, YEAR, Cleanup.DELETE);

    /** Message service: a message was sent. */
    public static final Topic<MessageSent> MESSAGE_EVENTS =
            new Topic<>("message-events", "conversationId", MessageSent.class, PARTITIONS, YEAR, Cleanup.DELETE);

    /** Payment service: a payment moved to another status. */
    public static final Topic<PaymentStatusChanged> PAYMENT_EVENTS =
            new Topic<>("payment-events", "orderId", PaymentStatusChanged.class, PARTITIONS, YEAR, Cleanup.DELETE);

    /** Back office: an announcement to all users. Few, so one partition. */
    public static final Topic<AnnouncementPublished> ANNOUNCEMENT_EVENTS =
            new Topic<>("announcement-events", "announcementId", AnnouncementPublished.class, 1, YEAR, Cleanup.DELETE);

    /** Gateway: a user is typing. Worthless after seconds, so kept for an hour. */
    public static final Topic<TypingChanged> TYPING_EVENTS = new Topic<>(
            "typing-events", "conversationId", TypingChanged.class, PARTITIONS, Duration.ofHours(1), Cleanup.DELETE);

    /** Gateway: a user was seen on a presence channel, or left it. Who is absent follows from the broker's time. */
    public static final Topic<PresenceChanged> PRESENCE_EVENTS = new Topic<>(
            "presence-events",
            "channel",
            PresenceChanged.class,
            PARTITIONS,
            Duration.ofDays(1),
            Cleanup.DELETE,
            Topic.Clock.BROKER);

    /** Any service: notify a user. */
    public static final Topic<NotificationRequested> NOTIFICATION_EVENTS =
            new Topic<>("notification-events", "userId", NotificationRequested.class, PARTITIONS, YEAR, Cleanup.DELETE);

    /** Gateway: a user read notifications. */
    public static final Topic<NotificationsRead> NOTIFICATION_READ_EVENTS = new Topic<>(
            "notification-read-events", "userId", NotificationsRead.class, PARTITIONS, YEAR, Cleanup.DELETE);

    /** Presence aggregator: how many users view a channel. */
    public static final Topic<PresenceCount> PRESENCE_COUNTS = new Topic<>(
            "presence-counts", "channel", PresenceCount.class, PARTITIONS, Duration.ofDays(1), Cleanup.COMPACT);

    /** Presence aggregator: whether a user is online. */
    public static final Topic<UserPresence> USER_PRESENCE =
            new Topic<>("user-presence", "userId", UserPresence.class, PARTITIONS, Duration.ofDays(1), Cleanup.COMPACT);

    /** Message service: who takes part in a conversation has changed, without a message. */
    public static final Topic<ConversationMembersChanged> CONVERSATION_MEMBER_EVENTS = new Topic<>(
            "conversation-member-events",
            "conversationId",
            ConversationMembersChanged.class,
            PARTITIONS,
            YEAR,
            Cleanup.DELETE);

    /** Gateway: a conversation that somebody has left goes on in another channel. */
    public static final Topic<ConversationMoved> CONVERSATION_CHANNELS = new Topic<>(
            "conversation-channels",
            "conversationId",
            ConversationMoved.class,
            PARTITIONS,
            Duration.ofDays(1),
            Cleanup.COMPACT);

    /** Gateway, account service: a user's settings. */
    public static final Topic<UserSettingsChanged> USER_SETTINGS_EVENTS = new Topic<>(
            "user-settings-events",
            "userId",
            UserSettingsChanged.class,
            PARTITIONS,
            Duration.ofDays(1),
            Cleanup.COMPACT);

    /** Account service: a user is to be forgotten. Few, so one partition. */
    public static final Topic<UserErased> ERASURE_EVENTS =
            new Topic<>("erasure-events", "userId", UserErased.class, 1, Duration.ofDays(1), Cleanup.COMPACT);

    private static final List<Topic<?>> ALL = List.of(
            ORDER_EVENTS,
            MESSAGE_EVENTS,
            PAYMENT_EVENTS,
            ANNOUNCEMENT_EVENTS,
            TYPING_EVENTS,
            PRESENCE_EVENTS,
            NOTIFICATION_EVENTS,
            NOTIFICATION_READ_EVENTS,
            PRESENCE_COUNTS,
            USER_PRESENCE,
            CONVERSATION_MEMBER_EVENTS,
            CONVERSATION_CHANNELS,
            USER_SETTINGS_EVENTS,
            ERASURE_EVENTS);

    private Topics() {}

    /** All of them, in the order of the documentation. */
    public static List<Topic<?>> all() {
        return ALL;
    }

    /** The topic called {@code name}, if there is one. */
    public static Optional<Topic<?>> named(String name) {
        return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }

    /** The dead letter topic of {@code worker} for the topic called {@code topic}. */
    public static String deadLetters(String topic, String worker) {
        return topic + "." + worker + ".dlq";
    }
}

package com.threadly.events;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/**
 * Who reads which topic: the single list for subscriptions and for creating dead letter topics.
 *
 * <p>A deployable that is missing here has no dead letter topic when its first bad record arrives.
 *
 * @param deployable the deployable's name, which is part of its dead letter topics' names
 * @param topics every topic that it may subscribe to
 */
@NullMarked
public record TopicReader(String deployable, List<Topic<?>> topics) {

    /** Stores and pushes notifications. Reads who is online only where digests are suppressed. */
    public static final TopicReader NOTIFICATION_WORKER = new TopicReader(
            "notification-worker",
            List.of(
                    Topics.ORDER_EVENTS,
                    Topics.PAYMENT_EVENTS,
                    Topics.MESSAGE_EVENTS,
                    Topics.ANNOUNCEMENT_EVENTS,
                    Topics.NOTIFICATION_EVENTS,
                    Topics.NOTIFICATION_READ_EVENTS,
                    Topics.ERASURE_EVENTS,
                    Topics.USER_PRESENCE));

    /** Pushes messages and typing to conversations. */
    public static final TopicReader MESSAGE_FANOUT_WORKER =
            new TopicReader("message-fanout-worker", List.of(Topics.MESSAGE_EVENTS, Topics.TYPING_EVENTS));

    /** Counts viewers, and pushes counts and the statuses of users who do not appear offline. */
    public static final TopicReader PRESENCE_AGGREGATOR = new TopicReader(
            "presence-aggregator",
            List.of(
                    Topics.PRESENCE_EVENTS,
                    Topics.ERASURE_EVENTS,
                    Topics.PRESENCE_COUNTS,
                    Topics.USER_PRESENCE,
                    Topics.USER_SETTINGS_EVENTS));

    /** Learns who takes part in conversations and orders, and what users have set. */
    public static final TopicReader GATEWAY = new TopicReader(
            "gateway",
            List.of(
                    Topics.MESSAGE_EVENTS,
                    Topics.CONVERSATION_MEMBER_EVENTS,
                    Topics.ORDER_EVENTS,
                    Topics.USER_SETTINGS_EVENTS,
                    Topics.ERASURE_EVENTS));

    private static final List<TopicReader> ALL =
            List.of(NOTIFICATION_WORKER, MESSAGE_FANOUT_WORKER, PRESENCE_AGGREGATOR, GATEWAY);

    public TopicReader {
        topics = List.copyOf(topics);
    }

    /** All of them. */
    public static List<TopicReader> all() {
        return ALL;
    }

    /** The reader whose deployable is called {@code name}, if there is one. */
    public static Optional<TopicReader> named(String name) {
        return ALL.stream().filter(reader -> reader.deployable.equals(name)).findFirst();
    }
}

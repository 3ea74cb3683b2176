package com.threadly.stack;

import com.threadly.events.Topic;
import com.threadly.events.Topics;
import com.threadly.stack.bootstrap.TopicCreator.Reader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The deployables that the stack runs, each from its own jar. */
public enum Worker {
    NOTIFICATION_WORKER,
    MESSAGE_FANOUT_WORKER,
    PRESENCE_AGGREGATOR,
    GATEWAY;

    /** The name of its module, its jar and its dead letter topics. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Path jar(Path home) {
        return home.resolve(id()).resolve("target").resolve(id() + ".jar");
    }

    private List<Topic<?>> reads() {
        return switch (this) {
            case NOTIFICATION_WORKER ->
                List.of(
                        Topics.ORDER_EVENTS,
                        Topics.PAYMENT_EVENTS,
                        Topics.MESSAGE_EVENTS,
                        Topics.ANNOUNCEMENT_EVENTS,
                        Topics.NOTIFICATION_READ_EVENTS,
                        Topics.USER_PRESENCE);
            case MESSAGE_FANOUT_WORKER -> List.of(Topics.MESSAGE_EVENTS, Topics.TYPING_EVENTS);
            case PRESENCE_AGGREGATOR -> List.of(Topics.PRESENCE_EVENTS, Topics.PRESENCE_COUNTS, Topics.USER_PRESENCE);
            case GATEWAY -> List.of(Topics.MESSAGE_EVENTS, Topics.ORDER_EVENTS);
        };
    }

    /** Who needs a dead letter topic for what. */
    static List<Reader> readers() {
        return Arrays.stream(values()).flatMap(Worker::reading).toList();
    }

    private Stream<Reader> reading() {
        return reads().stream().map(topic -> new Reader(topic, id()));
    }
}

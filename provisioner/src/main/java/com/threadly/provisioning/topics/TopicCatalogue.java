package com.threadly.provisioning.topics;

import com.threadly.events.Topic;
import com.threadly.events.Topics;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every topic that the system needs: those of {@link Topics}, and the dead letter topics of whoever reads them. */
public final class TopicCatalogue {

    private static final Map<String, List<Topic<?>>> READ_BY = Map.of(
            "notification-worker",
                    List.of(
                            Topics.ORDER_EVENTS,
                            Topics.PAYMENT_EVENTS,
                            Topics.MESSAGE_EVENTS,
                            Topics.ANNOUNCEMENT_EVENTS,
                            Topics.NOTIFICATION_READ_EVENTS,
                            Topics.USER_PRESENCE),
            "message-fanout-worker", List.of(Topics.MESSAGE_EVENTS, Topics.TYPING_EVENTS),
            "presence-aggregator", List.of(Topics.PRESENCE_EVENTS, Topics.PRESENCE_COUNTS, Topics.USER_PRESENCE),
            "gateway", List.of(Topics.MESSAGE_EVENTS, Topics.ORDER_EVENTS));

    private TopicCatalogue() {}

    /** All of them. */
    public static List<TopicSpec> all() {
        return Stream.concat(sources(), deadLetters()).toList();
    }

    private static Stream<TopicSpec> sources() {
        return Topics.all().stream().map(TopicSpec::of);
    }

    private static Stream<TopicSpec> deadLetters() {
        return READ_BY.entrySet().stream()
                .flatMap(reader ->
                        reader.getValue().stream().map(topic -> TopicSpec.deadLetters(topic, reader.getKey())));
    }
}

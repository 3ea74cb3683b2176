package com.threadly.provisioner.access;

import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.CLUSTER;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import com.threadly.events.Topic;
import com.threadly.events.TopicReader;
import com.threadly.events.Topics;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.Resource;

/**
 * What each deployable may do with Kafka, and needs to. Operators' commands need more, and have principals of their own:
 * {@code operator} runs {@code dlq}, {@code rebuild} runs the command of that name.
 */
public final class KafkaRights {

    private static final String OPERATOR = "operator";
    private static final String REBUILD = "rebuild";
    private static final String PRESENCE = TopicReader.PRESENCE_AGGREGATOR.deployable();

    /** Topics that a deployable publishes to, apart from dead letters. */
    private static final Map<String, List<Topic<?>>> WRITTEN = Map.of(
            TopicReader.GATEWAY.deployable(),
            List.of(
                    Topics.TYPING_EVENTS,
                    Topics.PRESENCE_EVENTS,
                    Topics.NOTIFICATION_READ_EVENTS,
                    Topics.CONVERSATION_CHANNELS,
                    Topics.USER_SETTINGS_EVENTS),
            PRESENCE,
            List.of(Topics.PRESENCE_EVENTS, Topics.PRESENCE_COUNTS, Topics.USER_PRESENCE));

    /** Topics that a deployable reads without a group. */
    private static final Map<String, List<Topic<?>>> FOLLOWED = Map.of(
            TopicReader.MESSAGE_FANOUT_WORKER.deployable(),
            List.of(Topics.CONVERSATION_CHANNELS, Topics.ERASURE_EVENTS));

    private KafkaRights() {}

    /** Those of all deployables. */
    public static List<KafkaRight> all() {
        return Stream.concat(
                        TopicReader.all().stream()
                                .flatMap(reader -> Stream.of(readAndPutAside(reader), more(reader.deployable()))
                                        .flatMap(rights -> rights)),
                        Stream.of(provisioner(), operator(), rebuild()).flatMap(rights -> rights))
                .toList();
    }

    private static Stream<KafkaRight> readAndPutAside(TopicReader reader) {
        String deployable = reader.deployable();
        return Stream.concat(
                reader.topics().stream()
                        .flatMap(topic -> Stream.of(
                                topic(deployable, READ, topic.name()),
                                topic(deployable, WRITE, topic.deadLetters(deployable)))),
                // By prefix: "-skipped" has what `dlq skip` leaves out, and Streams and pushes have groups of their
                // own.
                Stream.of(
                        KafkaRight.prefixed(deployable, READ, GROUP, deployable),
                        // For the session timeout.
                        KafkaRight.prefixed(deployable, DESCRIBE_CONFIGS, GROUP, deployable)));
    }

    private static Stream<KafkaRight> more(String deployable) {
        var topics = Stream.concat(
                WRITTEN.getOrDefault(deployable, List.of()).stream()
                        .map(topic -> topic(deployable, WRITE, topic.name())),
                FOLLOWED.getOrDefault(deployable, List.of()).stream()
                        .map(topic -> topic(deployable, READ, topic.name())));
        return deployable.equals(PRESENCE) ? Stream.concat(topics, streams()) : topics;
    }

    /** Kafka Streams has topics of its own, and transactions. */
    private static Stream<KafkaRight> streams() {
        return Stream.concat(
                Stream.of(READ, WRITE, CREATE, DELETE, DESCRIBE_CONFIGS)
                        .map(operation -> KafkaRight.prefixed(PRESENCE, operation, TOPIC, PRESENCE + "-")),
                Stream.of(DESCRIBE, WRITE)
                        .map(operation -> KafkaRight.prefixed(PRESENCE, operation, TRANSACTIONAL_ID, PRESENCE)));
    }

    private static Stream<KafkaRight> provisioner() {
        return Stream.concat(
                Stream.of(DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS)
                        .map(operation -> topic("provisioner", operation, "*")),
                Stream.of(KafkaRight.of("provisioner", CREATE, CLUSTER, Resource.CLUSTER_NAME)));
    }

    /** Dead letters go back to where they came from, and are marked. What nobody can read is skipped in a group. */
    private static Stream<KafkaRight> operator() {
        return TopicReader.all().stream()
                .flatMap(reader -> Stream.concat(
                        reader.topics().stream()
                                .flatMap(topic -> Stream.of(topic.name(), topic.deadLetters(reader.deployable())))
                                .flatMap(name -> Stream.of(topic(OPERATOR, READ, name), topic(OPERATOR, WRITE, name))),
                        Stream.of(KafkaRight.prefixed(OPERATOR, READ, GROUP, reader.deployable()))))
                .distinct();
    }

    /** Reads what notification-worker has read, and asks whether the topics keep all that the inbox follows from. */
    private static Stream<KafkaRight> rebuild() {
        TopicReader worker = TopicReader.NOTIFICATION_WORKER;
        return Stream.concat(
                worker.topics().stream()
                        .filter(topic -> !topic.equals(Topics.USER_PRESENCE))
                        .flatMap(topic -> Stream.of(READ, DESCRIBE_CONFIGS)
                                .map(operation -> topic(REBUILD, operation, topic.name()))),
                Stream.of(KafkaRight.prefixed(REBUILD, DESCRIBE, GROUP, worker.deployable())));
    }

    private static KafkaRight topic(String deployable, AclOperation operation, String name) {
        return KafkaRight.of(deployable, operation, TOPIC, name);
    }
}

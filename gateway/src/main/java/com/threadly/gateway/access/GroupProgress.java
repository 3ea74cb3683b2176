package com.threadly.gateway.access;

import com.threadly.events.Topic;
import com.threadly.gateway.access.CatchUp.Span;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far the projection's group has read, according to the brokers. */
public final class GroupProgress implements CatchUp.Progress, AutoCloseable {

    private final Map<String, Object> adminConfig;
    private final String group;
    private final List<String> topics;
    private @Nullable Admin connected;

    public GroupProgress(Map<String, Object> adminConfig, String group, List<Topic<?>> topics) {
        this.adminConfig = Map.copyOf(adminConfig);
        this.group = group;
        this.topics = topics.stream().map(Topic::name).toList();
    }

    @Override
    public Map<TopicPartition, Span> spans() throws InterruptedException {
        List<TopicPartition> partitions = answer(admin().describeTopics(topics).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        Map<TopicPartition, Long> begins = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        var spans = new HashMap<TopicPartition, Span>();
        begins.forEach(
                (partition, begin) -> spans.put(partition, new Span(begin, ends.getOrDefault(partition, begin))));
        return spans;
    }

    @Override
    public Map<TopicPartition, Long> committed() throws InterruptedException {
        var committed = new HashMap<TopicPartition, Long>();
        answer(admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> spec));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                answer(admin().listOffsets(asked).all());
        return found.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** Only now: a broker's name may not resolve yet. */
    private Admin admin() {
        Admin admin = connected;
        if (admin == null) {
            admin = Admin.create(adminConfig);
            connected = admin;
        }
        return admin;
    }

    private static <T> T answer(KafkaFuture<T> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e.getCause());
        }
    }

    @Override
    public void close() {
        if (connected != null) {
            connected.close(Duration.ZERO);
        }
    }
}

package com.threadly.localstack.faults;

import static org.awaitility.Awaitility.await;

import com.threadly.events.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** The worker's consumer group, as the broker knows it. */
final class WorkerGroup implements AutoCloseable {

    private static final List<String> TOPICS = List.of(Topics.MESSAGE_EVENTS.name(), Topics.TYPING_EVENTS.name());

    private final Admin admin;

    WorkerGroup(String bootstrapServers) {
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** Until {@code processes} share the partitions; killed ones count until their session expires. */
    void awaitSharedBy(int processes) {
        await().atMost(TestConversations.LIMIT)
                .until(() -> members().stream()
                                .filter(member ->
                                        !member.assignment().topicPartitions().isEmpty())
                                .count()
                        == processes);
    }

    void awaitEmpty() {
        await().atMost(TestConversations.LIMIT).until(() -> members().isEmpty());
    }

    /**
     * Deletes what earlier tests left in the topics, dead letters included, and moves the group, which must be empty,
     * past it.
     */
    void beginAnew() throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> ends = ends(TOPICS);
        var everything = new HashMap<>(ends(WorkerProcess.DEAD_LETTERS));
        everything.putAll(ends);
        admin.deleteRecords(everything.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue()))))
                .all()
                .get();
        commit(ends);
    }

    /** Sets the offsets of the group, which must be empty. */
    void commit(Map<TopicPartition, Long> offsets) throws InterruptedException, ExecutionException {
        admin.alterConsumerGroupOffsets(
                        WorkerProcess.NAME,
                        offsets.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, offset -> new OffsetAndMetadata(offset.getValue()))))
                .all()
                .get();
    }

    void deleteTopic(String topic) throws InterruptedException, ExecutionException {
        admin.deleteTopics(List.of(topic)).all().get();
        await().atMost(TestConversations.LIMIT)
                .until(() -> !admin.listTopics().names().get().contains(topic));
    }

    /** Until every record of the topics is done. */
    void awaitCaughtUp() {
        await().atMost(TestConversations.LIMIT).until(() -> {
            Map<TopicPartition, Long> committed = committed();
            return ends(TOPICS).entrySet().stream()
                    .allMatch(end -> end.getValue().equals(committed.getOrDefault(end.getKey(), 0L)));
        });
    }

    /** Like {@link #awaitCaughtUp}, where logs ended before committed offsets: at {@code truncated}. */
    void awaitCaughtUpSince(Map<TopicPartition, Long> truncated) {
        await().atMost(TestConversations.LIMIT).until(() -> {
            Map<TopicPartition, Long> committed = committed();
            return ends(TOPICS).entrySet().stream()
                    .allMatch(end -> end.getValue().equals(truncated.get(end.getKey()))
                            || end.getValue().equals(committed.getOrDefault(end.getKey(), 0L)));
        });
    }

    Map<TopicPartition, Long> committed() throws InterruptedException, ExecutionException {
        var committed = new HashMap<TopicPartition, Long>();
        admin.listConsumerGroupOffsets(WorkerProcess.NAME)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> committed.put(partition, offset.offset()));
        return committed;
    }

    /** The partitions of which records were read, but not of which leader. */
    Set<TopicPartition> committedWithoutEpoch() throws InterruptedException, ExecutionException {
        return admin
                .listConsumerGroupOffsets(WorkerProcess.NAME)
                .partitionsToOffsetAndMetadata()
                .get()
                .entrySet()
                .stream()
                .filter(committed -> committed.getValue().offset() > 0
                        && committed.getValue().leaderEpoch().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Until more records are committed than when this was called. */
    void awaitMoreCommitted() throws InterruptedException, ExecutionException {
        long before = sum(committed());
        await().atMost(TestConversations.LIMIT).until(() -> sum(committed()) > before);
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The end offsets of the worker's topics. */
    Map<TopicPartition, Long> ends() throws InterruptedException, ExecutionException {
        return ends(TOPICS);
    }

    Map<TopicPartition, Long> ends(Collection<String> topics) throws InterruptedException, ExecutionException {
        var partitions = admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic ->
                        topic.partitions().stream().map(info -> new TopicPartition(topic.name(), info.partition())))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        return admin.listOffsets(partitions).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private Collection<MemberDescription> members() throws InterruptedException, ExecutionException {
        try {
            return admin.describeConsumerGroups(List.of(WorkerProcess.NAME)).all().get().values().stream()
                    .flatMap(group -> group.members().stream())
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}

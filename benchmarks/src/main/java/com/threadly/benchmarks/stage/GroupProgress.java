package com.threadly.benchmarks.stage;

import static java.util.Objects.requireNonNull;

import com.threadly.events.Topic;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A group's progress, by its committed offsets. */
record GroupProgress(Admin admin, String group) {

    /** The records of {@code topic} since {@code begin} that are done. */
    long done(Topic<?> topic, Map<TopicPartition, Long> begin) throws ExecutionException, InterruptedException {
        return committed().entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic.name()))
                .mapToLong(entry -> entry.getValue().offset() - begin.getOrDefault(entry.getKey(), 0L))
                .sum();
    }

    /** Whether the group has no lag in any topic. A marker at a partition's end may stay uncommitted. */
    boolean isDone() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(
                        committed.keySet().stream().collect(Collectors.toMap(p -> p, _ -> OffsetSpec.latest())))
                .all()
                .get();
        return committed.entrySet().stream()
                .allMatch(entry -> entry.getValue().offset()
                        >= requireNonNull(ends.get(entry.getKey())).offset() - 1);
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
    }
}

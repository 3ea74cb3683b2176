package com.threadly.notification.rebuild;

import com.threadly.events.TopicReader;
import com.threadly.events.Topics;
import com.threadly.pipeline.dedup.GroupOffsets;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks up the start, the end and the worker's committed offset of each partition. */
final class OffsetRanges {

    private final Consumer<byte[], byte[]> consumer;
    private final GroupOffsets group;

    OffsetRanges(Consumer<byte[], byte[]> consumer, GroupOffsets group) {
        this.consumer = consumer;
        this.group = group;
    }

    /** As of now. */
    Map<TopicPartition, OffsetRange> of(RebuildSelection selection) throws UnavailableException, InterruptedException {
        List<TopicPartition> partitions = selection.topics().stream()
                .flatMap(topic -> partitions(topic).stream())
                .toList();
        Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
        // Committed offsets first, so that they are before the ends, unless the log was replaced.
        Map<TopicPartition, Long> committed = group.of(ofTheWorker(partitions));
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> from = new HashMap<>(at(selection.from(), begin, end));
        Map<TopicPartition, Long> to = new HashMap<>(selection.to().isEmpty() ? end : at(selection.to(), begin, end));
        partitions.stream()
                .filter(partition -> partition.topic().equals(RebuildSelection.ERASURES))
                .forEach(partition -> {
                    from.put(partition, begin.getOrDefault(partition, 0L));
                    to.put(partition, end.getOrDefault(partition, 0L));
                });
        boolean neverRan = committed.isEmpty();
        var ranges = new HashMap<TopicPartition, OffsetRange>();
        for (TopicPartition partition : partitions) {
            long last = end.getOrDefault(partition, 0L);
            // Reads and erasures decide of rows, and push none.
            boolean handled = neverRan
                    || partition.topic().equals(Topics.NOTIFICATION_READ_EVENTS.name())
                    || partition.topic().equals(RebuildSelection.ERASURES);
            ranges.put(
                    partition,
                    new OffsetRange(
                            from.getOrDefault(partition, 0L),
                            handled ? last : Math.min(committed.getOrDefault(partition, 0L), last),
                            to.getOrDefault(partition, last)));
        }
        return ranges;
    }

    /** Those of the other topics, too: a worker that has committed only those is about to push the selected ones. */
    private Set<TopicPartition> ofTheWorker(List<TopicPartition> selected) {
        var all = new HashSet<>(selected);
        Map<String, List<PartitionInfo>> topics = consumer.listTopics();
        TopicReader.NOTIFICATION_WORKER.topics().stream()
                .flatMap(topic -> topics.getOrDefault(topic.name(), List.of()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .forEach(all::add);
        return all;
    }

    private List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new UnknownTopicOrPartitionException("there is no topic " + topic);
        }
        return found.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /** The first offsets published at or after {@code time}, or the ends if there are none. */
    private Map<TopicPartition, Long> at(
            Optional<Instant> time, Map<TopicPartition, Long> begin, Map<TopicPartition, Long> end) {
        if (time.isEmpty()) {
            return begin;
        }
        long millis = Math.max(0, time.get().toEpochMilli());
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(
                begin.keySet().stream().collect(Collectors.toMap(partition -> partition, _ -> millis)));
        var offsets = new HashMap<>(end);
        found.forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition, offset.offset());
            }
        });
        return offsets;
    }
}

package com.threadly.pipeline.dedup;

import com.threadly.runtime.retry.UnavailableException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** A group's committed offsets, looked up without being a member. */
public final class GroupOffsets {

    private static final int TIMEOUT_MS = 10_000;

    private final Map<String, Object> adminConfig;
    private final String group;

    public GroupOffsets(Map<String, Object> adminConfig, String group) {
        this.adminConfig = adminConfig;
        this.group = group;
    }

    /** The committed offsets of {@code partitions}, without those that have none. */
    public Map<TopicPartition, Long> of(Set<TopicPartition> partitions)
            throws UnavailableException, InterruptedException {
        try (Admin admin = Admin.create(adminConfig)) {
            var committed = new HashMap<TopicPartition, Long>();
            of(partitions, admin)
                    .forEach(
                            (partition, known) -> known.ifPresent(offset -> committed.put(partition, offset.offset())));
            return committed;
        } catch (KafkaException e) {
            // A host name that does not resolve now, a key store that is missing now.
            throw new UnavailableException("cannot connect to Kafka: " + e.getMessage(), e);
        }
    }

    /**
     * What is committed of those of {@code partitions} that could be asked about, empty where nothing is: where one
     * begins of which nothing is committed, so an answer that is missing must not look like that.
     */
    Map<TopicPartition, Optional<OffsetAndMetadata>> of(Set<TopicPartition> partitions, Admin admin)
            throws UnavailableException, InterruptedException {
        try {
            var spec = new ListConsumerGroupOffsetsSpec().topicPartitions(partitions);
            Map<TopicPartition, OffsetAndMetadata> answers = admin.listConsumerGroupOffsets(Map.of(group, spec))
                    .partitionsToOffsetAndMetadata(group)
                    .get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
            var committed = new HashMap<TopicPartition, Optional<OffsetAndMetadata>>();
            answers.forEach((partition, offset) -> committed.put(partition, Optional.ofNullable(offset)));
            return committed;
        } catch (ExecutionException e) {
            throw new UnavailableException("cannot fetch the committed offsets: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new UnavailableException(
                    String.format(Locale.ROOT, "Kafka did not respond within %d ms", TIMEOUT_MS), e);
        }
    }
}

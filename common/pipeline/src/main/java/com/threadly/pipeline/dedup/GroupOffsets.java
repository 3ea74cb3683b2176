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

/** What a group has committed, asked of the broker without being a member. */
public final class GroupOffsets {

    private static final int TIMEOUT_MS = 10_000;

    private final Map<String, Object> adminConfig;
    private final String group;

    public GroupOffsets(Map<String, Object> adminConfig, String group) {
        this.adminConfig = adminConfig;
        this.group = group;
    }

    /** The committed offsets of {@code partitions}; those without are left out. */
    public Map<TopicPartition, Long> of(Set<TopicPartition> partitions)
            throws UnavailableException, InterruptedException {
        try (Admin admin = Admin.create(adminConfig)) {
            var committed = new HashMap<TopicPartition, Long>();
            of(partitions, admin)
                    .forEach(
                            (partition, known) -> known.ifPresent(offset -> committed.put(partition, offset.offset())));
            return committed;
        } catch (KafkaException e) {
            // A host that no name server knows (now), a key store that is not there (now).
            throw new UnavailableException("no connection to Kafka can be made: " + e.getMessage(), e);
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
            throw new UnavailableException("the committed offsets cannot be had: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new UnavailableException(
                    String.format(Locale.ROOT, "Kafka does not answer within %d ms", TIMEOUT_MS), e);
        }
    }
}

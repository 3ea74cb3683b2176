package com.threadly.pipeline.dedup;

import com.threadly.runtime.retry.UnavailableException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
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
            return of(partitions, admin);
        } catch (KafkaException e) {
            // A host name that does not resolve now, a key store that is missing now.
            throw new UnavailableException("cannot connect to Kafka: " + e.getMessage(), e);
        }
    }

    Map<TopicPartition, Long> of(Set<TopicPartition> partitions, Admin admin)
            throws UnavailableException, InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> all = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
            var committed = new HashMap<TopicPartition, Long>();
            partitions.forEach(partition -> {
                OffsetAndMetadata offset = all.get(partition);
                if (offset != null) {
                    committed.put(partition, offset.offset());
                }
            });
            return committed;
        } catch (ExecutionException e) {
            throw new UnavailableException("cannot fetch the committed offsets: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new UnavailableException(
                    String.format(Locale.ROOT, "Kafka did not respond within %d ms", TIMEOUT_MS), e);
        }
    }
}

package com.threadly.pipeline;

import com.threadly.runtime.retry.UnavailableException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Which offsets a group may skip because nobody can read them, as an operator says. They are kept as the offsets of a
 * group of their own, which has no members, so that they can be set while the group runs.
 */
public final class SkippedRanges {

    /**
     * What may be skipped of a partition.
     *
     * @param from the first offset of it
     * @param to the first offset after it
     */
    public record Range(long from, long to) {

        /** Where to go on instead of {@code offset}; empty when that is not among them. */
        OptionalLong after(long offset) {
            return from <= offset && offset < to ? OptionalLong.of(to) : OptionalLong.empty();
        }
    }

    private static final String SUFFIX = "-skipped";
    private static final Pattern FROM = Pattern.compile("from (\\d{1,18})");
    private static final int TIMEOUT_MS = 10_000;

    private final Map<String, Object> adminConfig;
    private final String group;

    /** Those of {@code group}. */
    public SkippedRanges(Map<String, Object> adminConfig, String group) {
        this.adminConfig = adminConfig;
        this.group = group + SUFFIX;
    }

    /** Adds {@code range}, instead of an earlier one of {@code partition}. */
    public void add(TopicPartition partition, Range range) throws UnavailableException, InterruptedException {
        try (Admin admin = Admin.create(adminConfig)) {
            admin.alterConsumerGroupOffsets(
                            group,
                            Map.of(
                                    partition,
                                    new OffsetAndMetadata(range.to(), Optional.empty(), "from " + range.from())))
                    .all()
                    .get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw unavailable(e);
        }
    }

    /** All of them. */
    Map<TopicPartition, Range> all() throws UnavailableException, InterruptedException {
        try (Admin admin = Admin.create(adminConfig)) {
            var ranges = new HashMap<TopicPartition, Range>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .forEach((partition, to) -> {
                        Matcher from = FROM.matcher(to == null ? "" : to.metadata());
                        if (to != null && from.matches()) {
                            ranges.put(partition, new Range(Long.parseLong(from.group(1)), to.offset()));
                        }
                    });
            return ranges;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw unavailable(e);
        }
    }

    private UnavailableException unavailable(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new UnavailableException("the offsets of group %s cannot be had: %s".formatted(group, cause), e);
    }
}

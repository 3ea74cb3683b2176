package com.threadly.pipeline.dedup;

import com.threadly.runtime.retry.UnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Looks up each partition separately: one without a leader does not affect the others. */
public final class GroupLogs implements EventIdLoader.Logs {

    private static final int TIMEOUT_MS = 10_000;

    private final Admin admin;
    private final GroupOffsets group;
    private @Nullable String trouble;

    /**
     * May fail with a {@link org.apache.kafka.common.KafkaException}, such as when a broker's name does not resolve.
     */
    public GroupLogs(Map<String, Object> adminConfig, String group) {
        this.group = new GroupOffsets(adminConfig, group);
        this.admin = Admin.create(adminConfig);
    }

    @Override
    public Map<TopicPartition, Optional<HandledLog>> of(Set<TopicPartition> partitions)
            throws UnavailableException, InterruptedException {
        // Fetched first: offsets committed after a lookup of the end may be beyond it.
        Map<TopicPartition, Long> committed = group.of(partitions, admin);
        Set<TopicPartition> begun = committed.keySet();
        ListOffsetsResult start = ask(begun, _ -> OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        ListOffsetsResult stableEnd = ask(begun, _ -> OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
        ListOffsetsResult end = ask(begun, _ -> OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
        var logs = new HashMap<TopicPartition, Optional<HandledLog>>();
        for (TopicPartition partition : partitions) {
            Long offset = committed.get(partition);
            if (offset == null) {
                logs.put(partition, Optional.empty());
                continue;
            }
            Long first = answer(start, partition);
            Long stable = answer(stableEnd, partition);
            Long last = answer(end, partition);
            if (first != null && stable != null && last != null) {
                logs.put(partition, Optional.of(new HandledLog(offset, first, stable, last)));
            }
        }
        return logs;
    }

    @Override
    public Map<TopicPartition, Long> at(Map<TopicPartition, Long> times) throws InterruptedException {
        ListOffsetsResult asked = ask(
                times.keySet(),
                partition -> OffsetSpec.forTimestamp(times.getOrDefault(partition, 0L)),
                IsolationLevel.READ_UNCOMMITTED);
        var offsets = new HashMap<TopicPartition, Long>();
        for (TopicPartition partition : times.keySet()) {
            Long offset = answer(asked, partition);
            if (offset != null) {
                offsets.put(partition, offset < 0 ? Long.MAX_VALUE : offset);
            }
        }
        return offsets;
    }

    @Override
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private ListOffsetsResult ask(
            Set<TopicPartition> partitions, Function<TopicPartition, OffsetSpec> spec, IsolationLevel isolation) {
        var specs = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> specs.put(partition, spec.apply(partition)));
        return admin.listOffsets(specs, new ListOffsetsOptions(isolation).timeoutMs(TIMEOUT_MS));
    }

    private @Nullable Long answer(ListOffsetsResult asked, TopicPartition partition) throws InterruptedException {
        try {
            return asked.partitionResult(partition).get().offset();
        } catch (ExecutionException e) {
            trouble = "cannot look up %s: %s".formatted(partition, e.getCause());
            return null;
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}

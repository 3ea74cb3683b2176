package com.threadly.pipeline.dedup;

import com.threadly.pipeline.start.FirstStart;
import com.threadly.pipeline.start.StartAt;
import com.threadly.pipeline.start.StartNote;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownServerException;
import org.jspecify.annotations.Nullable;

/** Looks up each partition separately: one without a leader does not affect the others. */
public final class GroupLogs implements HistoryLoader.Logs {

    private static final int TIMEOUT_MS = 10_000;

    private final Admin admin;
    private final GroupOffsets group;
    private final Truncations truncations;
    private final StartAt startAt;
    private final boolean stores;
    private final Clock clock;
    private @Nullable String trouble;

    /**
     * May fail with a {@link org.apache.kafka.common.KafkaException}, such as when a broker's name does not resolve.
     *
     * @param validators create consumers without a group that fail when a log was truncated
     * @param startAt from when on a topic is pushed of which the group has committed nothing
     * @param stores whether records are also stored, whenever they were published
     */
    public GroupLogs(
            Map<String, Object> adminConfig,
            String group,
            Supplier<Consumer<byte[], byte[]>> validators,
            StartAt startAt,
            boolean stores,
            Clock clock) {
        this.truncations = new Truncations(validators);
        this.group = new GroupOffsets(adminConfig, group);
        this.startAt = startAt;
        this.stores = stores;
        this.clock = clock;
        this.admin = Admin.create(adminConfig);
    }

    @Override
    public Map<TopicPartition, LogAtStart> of(Set<TopicPartition> partitions)
            throws UnavailableException, InterruptedException {
        Map<String, Integer> counts = partitionCounts(partitions);
        // Fetched first: offsets committed after a lookup of the end may be beyond it.
        Map<TopicPartition, Optional<OffsetAndMetadata>> committed = group.of(all(counts), admin);
        Map<String, List<StartNote>> notes = notes(committed);
        Map<TopicPartition, FirstStart> first = partitions.stream()
                .filter(partition -> Optional.empty().equals(committed.get(partition)))
                .collect(Collectors.toMap(
                        partition -> partition,
                        partition -> FirstStart.of(
                                partition.partition(),
                                notes.getOrDefault(partition.topic(), List.of()),
                                startAt,
                                counts.getOrDefault(partition.topic(), 0),
                                clock.instant())));
        ListOffsetsResult start = ask(partitions, _ -> OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        ListOffsetsResult stableEnd = ask(partitions, _ -> OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
        ListOffsetsResult end = ask(partitions, _ -> OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> startTimes = times(first);
        Map<TopicPartition, Long> times = offsets(ask(startTimes), startTimes.keySet());
        Truncations.Found truncated = truncations.before(ledByOthers(committed, partitions, end));
        truncated
                .unanswered()
                .forEach((partition, cause) -> trouble = "cannot look up %s: %s".formatted(partition, cause));
        truncated.unreached().forEach(partition -> trouble = unreached(partition));
        var logs = new HashMap<TopicPartition, LogAtStart>();
        for (TopicPartition partition : partitions) {
            Optional<OffsetAndMetadata> offset = committed.get(partition);
            Long from = answer(start, partition);
            Long stable = answer(stableEnd, partition);
            Long last = answer(end, partition);
            if (offset == null) {
                trouble = "cannot look up the committed offset of %s".formatted(partition);
            } else if (from != null
                    && stable != null
                    && last != null
                    && !truncated.unanswered().containsKey(partition)
                    && !truncated.unreached().contains(partition)) {
                FirstStart beginning = first.get(partition);
                if (beginning == null) {
                    offset.ifPresent(known -> logs.put(
                            partition,
                            LogAtStart.committed(
                                            new HandledLog(
                                                    known.offset(),
                                                    truncated.diverged().getOrDefault(partition, Long.MAX_VALUE),
                                                    from,
                                                    stable,
                                                    last),
                                            StartNote.parse(known.metadata()),
                                            stores)
                                    .endingIn(epoch(end, partition))));
                    continue;
                }
                Long pushFrom = switch (beginning.at()) {
                    // What an open transaction holds is not published yet.
                    case StartAt.Now() -> stable;
                    case StartAt.Earliest() -> from;
                    case StartAt.Time _ -> times.get(partition);
                };
                if (pushFrom != null) {
                    logs.put(
                            partition,
                            LogAtStart.first(beginning, Math.min(pushFrom, stable), from, stable, last, stores)
                                    .endingIn(epoch(end, partition)));
                }
            }
        }
        return logs;
    }

    /** Only a new leader's log may lack records that its predecessor's had. */
    private static Map<TopicPartition, OffsetAndMetadata> ledByOthers(
            Map<TopicPartition, Optional<OffsetAndMetadata>> committed,
            Set<TopicPartition> partitions,
            ListOffsetsResult end) {
        var ledByOthers = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (TopicPartition partition : partitions) {
            committed
                    .getOrDefault(partition, Optional.empty())
                    .filter(offset -> offset.leaderEpoch().isPresent()
                            && !offset.leaderEpoch().equals(epoch(end, partition)))
                    .ifPresent(offset -> ledByOthers.put(partition, offset));
        }
        return ledByOthers;
    }

    /** Kafka's clients take each answer about such a partition's leader for outdated, and never read it. */
    private static String unreached(TopicPartition partition) {
        return "the offset that the group has committed of " + partition
                + " is of a leader epoch that this cluster has not reached, as after offsets were copied or restored"
                + " with their epochs; stop the group's processes, and commit them without:"
                + " kafka-consumer-groups.sh --reset-offsets --to-current --execute";
    }

    /** Of the log's last record, if the lookup succeeded. */
    private static Optional<Integer> epoch(ListOffsetsResult end, TopicPartition partition) {
        try {
            return end.partitionResult(partition).get().leaderEpoch();
        } catch (ExecutionException e) {
            // Noted where its offset is needed.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Map<String, List<StartNote>> notes(Map<TopicPartition, Optional<OffsetAndMetadata>> committed) {
        var notes = new HashMap<String, List<StartNote>>();
        committed.forEach((partition, known) ->
                known.ifPresent(offset -> notes.computeIfAbsent(partition.topic(), _ -> new ArrayList<>())
                        .add(StartNote.parse(offset.metadata()))));
        return notes;
    }

    private static Map<TopicPartition, Long> times(Map<TopicPartition, FirstStart> first) {
        var times = new HashMap<TopicPartition, Long>();
        first.forEach((partition, start) -> {
            if (start.at() instanceof StartAt.Time(Instant time)) {
                times.put(partition, Math.max(0, time.toEpochMilli()));
            }
        });
        return times;
    }

    private static Set<TopicPartition> all(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .flatMap(topic -> IntStream.range(0, topic.getValue())
                        .mapToObj(partition -> new TopicPartition(topic.getKey(), partition)))
                .collect(Collectors.toSet());
    }

    /** Of the topics of {@code partitions}. The broker that answers may not know yet of those just added. */
    private Map<String, Integer> partitionCounts(Set<TopicPartition> partitions)
            throws UnavailableException, InterruptedException {
        var counts = new HashMap<String, Integer>();
        partitions.forEach(partition -> counts.merge(partition.topic(), partition.partition() + 1, Math::max));
        try {
            admin.describeTopics(counts.keySet(), new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS))
                    .allTopicNames()
                    .get()
                    .forEach((topic, described) ->
                            counts.merge(topic, described.partitions().size(), Math::max));
        } catch (ExecutionException e) {
            throw new UnavailableException("cannot look up the partition counts of topics: " + e.getCause(), e);
        }
        return counts;
    }

    @Override
    public Map<TopicPartition, Long> at(Map<TopicPartition, Long> times) throws InterruptedException {
        ListOffsetsResult asked = ask(times);
        var readable = new HashSet<TopicPartition>();
        var offsets = new HashMap<TopicPartition, Long>();
        for (TopicPartition partition : times.keySet()) {
            if (isDamaged(asked, partition)) {
                offsets.put(partition, 0L);
            } else {
                readable.add(partition);
            }
        }
        offsets.putAll(offsets(asked, readable));
        return offsets;
    }

    /** A broker that meets a damaged batch while it searches for a time has no other answer. */
    private static boolean isDamaged(ListOffsetsResult asked, TopicPartition partition) throws InterruptedException {
        try {
            var _ = asked.partitionResult(partition).get();
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownServerException;
        }
    }

    private Map<TopicPartition, Long> offsets(ListOffsetsResult asked, Set<TopicPartition> partitions)
            throws InterruptedException {
        var offsets = new HashMap<TopicPartition, Long>();
        for (TopicPartition partition : partitions) {
            Long offset = answer(asked, partition);
            if (offset != null) {
                offsets.put(partition, offset < 0 ? Long.MAX_VALUE : offset);
            }
        }
        return offsets;
    }

    private ListOffsetsResult ask(Map<TopicPartition, Long> times) {
        return ask(
                times.keySet(),
                partition -> OffsetSpec.forTimestamp(times.getOrDefault(partition, 0L)),
                IsolationLevel.READ_UNCOMMITTED);
    }

    @Override
    public Map<TopicPartition, Long> latestTimes(Set<TopicPartition> partitions) throws InterruptedException {
        ListOffsetsResult asked = ask(partitions, _ -> OffsetSpec.maxTimestamp(), IsolationLevel.READ_UNCOMMITTED);
        var times = new HashMap<TopicPartition, Long>();
        for (TopicPartition partition : partitions) {
            try {
                long time = asked.partitionResult(partition).get().timestamp();
                if (time > 0) {
                    times.put(partition, time);
                }
            } catch (ExecutionException e) {
                // Without it, the clock decides.
            }
        }
        return times;
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

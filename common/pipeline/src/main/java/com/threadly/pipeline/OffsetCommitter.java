package com.threadly.pipeline;

import com.threadly.pipeline.start.PartitionStart;
import com.threadly.runtime.health.HealthCheck;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits offsets, at intervals. Used by the consumer's thread only, except for its health. */
final class OffsetCommitter implements HealthCheck {

    /** Single commits fail, as during a rebalance, and the next one succeeds; for longer, something is wrong. */
    private static final Duration TROUBLED_AFTER = Duration.ofSeconds(15);

    /**
     * Once the group has no members, brokers remove each offset as long after its own commit as offsets.retention.minutes
     * says, even at once: of a topic without records, it is the oldest.
     */
    private static final Duration BETWEEN_REFRESHES = Duration.ofSeconds(30);

    /** While it is in doubt whether the group still counts this process as a member. */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

    /** For committed offsets that are looked up between two polls. */
    private static final Duration LOOKUP_LIMIT = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(OffsetCommitter.class);

    private final Consumer<byte[], byte[]> consumer;
    private final long intervalNanos;
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private final Counter failures;
    private final LongSupplier nanoTime;
    private long lastCommit;
    private long lastRefresh;
    private boolean underWay;
    /** Since when there has been something to commit, and nothing was. */
    private volatile @Nullable Long waitingSince;

    private volatile String cause = "no answer";
    private boolean reported;

    OffsetCommitter(Consumer<byte[], byte[]> consumer, Duration interval, Counter failures, LongSupplier nanoTime) {
        this.consumer = consumer;
        this.intervalNanos = interval.toNanos();
        this.failures = failures;
        this.nanoTime = nanoTime;
        this.lastCommit = nanoTime.getAsLong();
        this.lastRefresh = lastCommit;
    }

    /** Commits keep failing: the next owner repeats everything done since. */
    @Override
    public Optional<String> trouble() {
        Long since = waitingSince;
        return since != null && nanoTime.getAsLong() - since > TROUBLED_AFTER.toNanos()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "no offset could be committed for more than %d s: %s",
                        TROUBLED_AFTER.toSeconds(),
                        cause))
                : Optional.empty();
    }

    /** Commits without waiting, once per interval; the next commit retries a failed one. */
    void commitWhenDue(Collection<AssignedPartition> partitions) {
        if (!isTime(intervalNanos)) {
            return;
        }
        boolean refreshing = lastCommit - lastRefresh > BETWEEN_REFRESHES.toNanos();
        if (refreshing) {
            // Even if the lookup fails: it holds up the poll loop.
            lastRefresh = lastCommit;
        }
        Map<TopicPartition, OffsetAndMetadata> due =
                refreshing ? all(partitions).orElseGet(() -> due(partitions)) : due(partitions);
        if (due.isEmpty()) {
            waitingSince = null;
            return;
        }
        if (waitingSince == null) {
            waitingSince = lastCommit;
        }
        commit(due, () -> {});
    }

    /** Commits all offsets, unchanged ones too: where the group takes them, it renews {@code session}. */
    void commitAgain(Collection<AssignedPartition> partitions, GroupSession session) {
        // Nothing is pushed until the group has answered, however rarely offsets are to be committed.
        if (isTime(Math.min(intervalNanos, BETWEEN_QUESTIONS.toNanos()))) {
            long sentAt = session.now();
            all(partitions).ifPresent(all -> commit(all, () -> session.renew(sentAt)));
        }
    }

    private boolean isTime(long interval) {
        report();
        if (underWay || nanoTime.getAsLong() - lastCommit < interval) {
            return false;
        }
        lastCommit = nanoTime.getAsLong();
        return true;
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> due, Runnable taken) {
        underWay = true;
        consumer.commitAsync(due, (offsets, failure) -> {
            underWay = false;
            if (failure == null) {
                note(offsets);
                taken.run();
            } else {
                noteFailure(failure);
                log.atDebug()
                        .addKeyValue("cause", failure.toString())
                        .log("a commit failed; the next commit retries it");
            }
        });
    }

    /** The offsets of all partitions: those due, else those committed last, by whomever; empty if a lookup fails. */
    private Optional<Map<TopicPartition, OffsetAndMetadata>> all(Collection<AssignedPartition> partitions) {
        var all = new HashMap<>(committed);
        all.putAll(due(partitions));
        Set<TopicPartition> unknown = partitions.stream()
                .map(AssignedPartition::partition)
                .filter(partition -> !all.containsKey(partition))
                .collect(Collectors.toSet());
        if (!unknown.isEmpty()) {
            try {
                consumer.committed(unknown, LOOKUP_LIMIT).forEach((partition, offset) -> {
                    if (offset != null) {
                        all.put(partition, offset);
                    }
                });
            } catch (RetriableException e) {
                noteFailure(e);
                return Optional.empty();
            }
        }
        return Optional.of(all);
    }

    private void noteFailure(Exception failure) {
        failures.increment();
        cause = failure.toString();
    }

    private void report() {
        boolean troubled = trouble().isPresent();
        if (troubled != reported) {
            reported = troubled;
            if (troubled) {
                log.atWarn()
                        .addKeyValue("cause", cause)
                        .log("commits keep failing; after a crash, everything done since is repeated");
            } else {
                log.atInfo().log("offsets are committed again");
            }
        }
    }

    /** Commits and waits: the partitions are about to be revoked. */
    void commitNow(Collection<AssignedPartition> partitions, Duration limit) {
        Map<TopicPartition, OffsetAndMetadata> due = due(partitions);
        if (due.isEmpty()) {
            return;
        }
        try {
            commitThoughWokenUp(due, limit);
            committed.putAll(due);
        } catch (KafkaException e) {
            noteFailure(e);
            log.atWarn()
                    .addKeyValue("partitions", due.keySet())
                    .addKeyValue("cause", e.toString())
                    .log("the last commit failed; the next owner repeats the records since the one before");
        }
    }

    /** Starts {@code partitions} at their start offset where it is not the committed one; returns whether that is durable. */
    boolean beginAt(Collection<AssignedPartition> partitions, Duration limit) {
        var begin = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (AssignedPartition assigned : partitions) {
            PartitionStart start = assigned.duplicates().start();
            start.beginAt()
                    .ifPresent(offset -> begin.put(
                            assigned.partition(),
                            toCommit(assigned, new OffsetAndMetadata(offset, start.epoch(), ""))));
        }
        if (begin.isEmpty()) {
            return true;
        }
        try {
            begin.forEach(consumer::seek);
            commitThoughWokenUp(begin, limit);
            committed.putAll(begin);
            return true;
        } catch (KafkaException e) {
            noteFailure(e);
            log.atWarn()
                    .addKeyValue("partitions", begin)
                    .addKeyValue("cause", e.toString())
                    .log("could not commit the start offsets of partitions; retrying");
            return false;
        }
    }

    private static OffsetAndMetadata toCommit(AssignedPartition assigned, OffsetAndMetadata position) {
        return new OffsetAndMetadata(
                position.offset(),
                position.leaderEpoch(),
                assigned.duplicates().start().note().text());
    }

    /** A stop wakes the consumer up once, perhaps here. */
    private void commitThoughWokenUp(Map<TopicPartition, OffsetAndMetadata> due, Duration limit) {
        try {
            consumer.commitSync(due, limit);
        } catch (WakeupException e) {
            consumer.commitSync(due, limit);
        }
    }

    void forget(TopicPartition partition) {
        committed.remove(partition);
    }

    private Map<TopicPartition, OffsetAndMetadata> due(Collection<AssignedPartition> partitions) {
        var due = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (AssignedPartition assigned : partitions) {
            assigned.committable().ifPresent(next -> {
                // Also earlier offsets: a truncated or recreated log restarts at lower ones.
                OffsetAndMetadata noted = toCommit(assigned, next);
                if (!noted.equals(committed.get(assigned.partition()))) {
                    due.put(assigned.partition(), noted);
                }
            });
        }
        return due;
    }

    private void note(Map<TopicPartition, OffsetAndMetadata> offsets) {
        committed.putAll(offsets);
        waitingSince = null;
    }
}

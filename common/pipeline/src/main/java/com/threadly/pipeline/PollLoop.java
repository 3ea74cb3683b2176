package com.threadly.pipeline;

import com.threadly.events.Topic;
import com.threadly.pipeline.dedup.Deduplicator;
import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.retry.RetryPolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer, from its subscription until it is closed. Only the thread in {@link #run} uses it; everything that
 * blocks runs on virtual threads.
 */
final class PollLoop implements HealthCheck {

    private static final Duration POLL = Duration.ofMillis(100);
    /**
     * Between empty polls while a partition is paused, so that polling resumes soon after there is room. The consumer
     * itself would not wait: it spins over fetched records of paused partitions.
     */
    private static final Duration PAUSE = Duration.ofMillis(2);

    private static final Duration LAG_INTERVAL = Duration.ofSeconds(1);
    /** A loop that has not polled for this long is stuck; the group will have revoked its partitions. */
    private static final Duration STUCK_AFTER = Duration.ofMinutes(2);

    /** For leaving the group; if the brokers are unreachable, the session times out instead. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(PollLoop.class);

    private final Consumer<byte[], byte[]> consumer;
    private final List<String> topics;
    private final Deduplicator deduplicator;
    private final RecordProcessor processor;
    private final Backpressure backpressure;
    private final OffsetCommitter offsets;
    private final AssignedPartitions partitions;
    private final CarefulPoll carefully;
    private final StoppedPartitions stopped;
    private final PipelineMetrics metrics;
    private final GroupMembership membership;
    private final GroupSession session;
    private final OpenTransactions transactions;
    private final ThreadFactory partitionThreads =
            Thread.ofVirtual().name("lane-", 0).factory();

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile @Nullable String trouble;
    private volatile @Nullable String notBegun;
    private volatile long lastPoll = System.nanoTime();
    private volatile int heldRecords;
    private volatile Set<TopicPartition> paused = Set.of();
    private boolean holding;
    private long lastLag = System.nanoTime();

    PollLoop(
            Consumer<byte[], byte[]> consumer,
            List<Topic<?>> topics,
            Deduplicator deduplicator,
            PipelineSettings settings,
            RecordProcessor processor,
            PipelineMetrics metrics,
            GroupMembership membership,
            GroupSession session,
            OpenTransactions transactions,
            StoppedPartitions stopped) {
        this.consumer = consumer;
        this.topics = topics.stream().map(Topic::name).toList();
        this.deduplicator = deduplicator;
        this.processor = processor;
        this.metrics = metrics;
        this.membership = membership;
        this.session = session;
        this.transactions = transactions;
        this.stopped = stopped;
        this.backpressure = new Backpressure(settings.maxHeldRecords(), settings.maxHeldBytes());
        this.offsets =
                new OffsetCommitter(consumer, settings.commitInterval(), metrics.commitFailures(), System::nanoTime);
        this.partitions = new AssignedPartitions(
                consumer,
                (partition, duplicates) ->
                        new AssignedPartition(partition, duplicates, processor, partitionThreads, session, this::fail),
                deduplicator,
                offsets,
                session,
                settings.drainLimit());
        this.carefully = new CarefulPoll(consumer, partitions::isOurs, partitions::accept, stopped::stop);
        metrics.held(() -> heldRecords, () -> paused.size());
    }

    /** Why records are not processed; empty when they are. */
    @Override
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble)
                .or(membership::trouble)
                .or(session::trouble)
                .or(deduplicator::trouble)
                .or(processor::trouble)
                .or(() -> Optional.ofNullable(notBegun))
                .or(offsets::trouble)
                .or(stopped::trouble);
    }

    GroupMembership membership() {
        return membership;
    }

    /** Why the process needs a restart; empty when it does not. */
    Optional<String> stuck() {
        return System.nanoTime() - lastPoll > STUCK_AFTER.toNanos()
                ? Optional.of("has not polled for " + STUCK_AFTER)
                : Optional.empty();
    }

    void run() throws InterruptedException {
        try {
            consumer.subscribe(topics, partitions);
            pollUntilStopped();
            partitions.finishAll();
        } finally {
            close();
            // Another loop may follow: this one must not push concurrently.
            partitions.abandonAll();
        }
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("the pipeline failed; restart it", cause);
        }
    }

    private void close() {
        transactions.close();
        try {
            consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
        } catch (KafkaException e) {
            log.atWarn().addKeyValue("cause", e.toString()).log("could not leave the group; the session will time out");
        }
    }

    /** Callable by any thread, repeatedly. */
    void stop() {
        partitions.stopping();
        stopping.countDown();
        consumer.wakeup();
    }

    private void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
        stop();
    }

    private void pollUntilStopped() throws InterruptedException {
        int failures = 0;
        while (stopping.getCount() > 0) {
            try {
                session.look();
                poll();
                lastPoll = System.nanoTime();
                partitions.beginKnown();
                goOnWhereReleased();
                pauseAndResume();
                if (session.hasEnded()) {
                    offsets.commitAgain(partitions.all(), session);
                } else {
                    offsets.commitWhenDue(partitions.all());
                }
                showLag();
                membership.update(consumer.groupMetadata(), consumer.assignment());
                trouble = null;
                failures = 0;
            } catch (WakeupException e) {
                // stop() woke the consumer up; the loop's condition ends the loop.
            } catch (UnknownMemberIdException | StaleMemberEpochException e) {
                // A process that stood still asked for its offsets. The next polls take its partitions away and join
                // again.
                log.atInfo().addKeyValue("cause", e.getMessage()).log("the group has given this member up; rejoining");
            } catch (AuthenticationException | GroupAuthorizationException e) {
                // With KIP-848, such a consumer has permanently left its group: polling it returns nothing.
                trouble = "Kafka denied access: " + e.getMessage();
                throw e;
            } catch (AuthorizationException e) {
                // Kafka responds: a restart would not help.
                lastPoll = System.nanoTime();
                if (failures++ == 0) {
                    log.atError()
                            .addKeyValue("cause", e.getMessage())
                            .log("Kafka denied access; check KAFKA_* credentials and ACLs; retrying");
                }
                trouble = "Kafka denied access: " + e.getMessage();
                var _ = RetryPolicy.STANDARD.pauseUnless(stopping, failures);
            }
        }
    }

    private void poll() throws InterruptedException {
        boolean given = carefully.poll(holding ? Duration.ZERO : POLL);
        if (holding && !given) {
            var _ = stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void goOnWhereReleased() {
        if (stopped.all().isEmpty()) {
            return;
        }
        stopped.keepOnly(
                partitions.all().stream().map(AssignedPartition::partition).collect(Collectors.toSet()));
        Map<TopicPartition, Long> before = stopped.offsets();
        stopped.released().forEach((partition, to) -> {
            consumer.seek(partition, to);
            partitions.reach(partition, new OffsetAndMetadata(to));
            metrics.skippedUnreadable(partition.topic(), to - before.getOrDefault(partition, to));
        });
    }

    private void pauseAndResume() {
        Collection<AssignedPartition> ours = partitions.all();
        heldRecords = ours.stream().mapToInt(AssignedPartition::held).sum();
        paused = backpressure.paused(ours);
        var wanted = new HashSet<>(paused);
        Set<TopicPartition> waiting = partitions.notBegun();
        notBegun = waiting.isEmpty() ? null : "where these begin is not committed yet: " + waiting;
        wanted.addAll(waiting);
        wanted.addAll(stopped.all());
        holding = !wanted.isEmpty();
        // The consumer releases a partition a little after its listener: skip that one.
        Set<TopicPartition> now =
                consumer.paused().stream().filter(partitions::isOurs).collect(Collectors.toSet());
        if (!now.equals(wanted)) {
            consumer.resume(now.stream()
                    .filter(partition -> !wanted.contains(partition))
                    .toList());
            consumer.pause(wanted);
        }
    }

    private void showLag() {
        if (System.nanoTime() - lastLag < LAG_INTERVAL.toNanos()) {
            return;
        }
        lastLag = System.nanoTime();
        var records = new HashMap<TopicPartition, Long>();
        var since = new HashMap<TopicPartition, OptionalLong>();
        var stops = new HashMap<TopicPartition, Long>();
        Map<TopicPartition, Long> stoppedAt = stopped.offsets();
        for (AssignedPartition assigned : partitions.all()) {
            stops.put(assigned.partition(), stoppedAt.getOrDefault(assigned.partition(), -1L));
            since.put(assigned.partition(), assigned.waitingSince());
            consumer.currentLag(assigned.partition())
                    .ifPresent(unpolled -> records.put(
                            assigned.partition(),
                            unpolled + transactions.recordsBehind(assigned.partition()) + assigned.held()));
        }
        transactions.ask(Set.copyOf(since.keySet()));
        metrics.lag(records, since);
        metrics.stopped(stops);
    }
}

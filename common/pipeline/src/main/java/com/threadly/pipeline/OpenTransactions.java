package com.threadly.pipeline;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many records are behind open transactions. A consumer that reads committed records neither receives them nor
 * counts them as its lag: with a producer that never ends its transaction, it would appear to have caught up.
 */
final class OpenTransactions implements AutoCloseable {

    private static final int TIMEOUT_MS = 5_000;

    private static final Logger log = LoggerFactory.getLogger(OpenTransactions.class);

    private final Map<String, Object> adminConfig;
    private final Map<TopicPartition, Long> behind = new ConcurrentHashMap<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private @Nullable Admin admin;

    OpenTransactions(Map<String, Object> adminConfig) {
        this.adminConfig = adminConfig;
    }

    /** The records of {@code partition}, by the last answer. Callable by any thread. */
    long recordsBehind(TopicPartition partition) {
        return behind.getOrDefault(partition, 0L);
    }

    /** Asks about {@code partitions} without waiting for the answer. Called by one thread. */
    void ask(Set<TopicPartition> partitions) {
        if (unanswered.get() > 0) {
            return;
        }
        behind.keySet().retainAll(partitions);
        try {
            // In this order, records published in between do not count.
            ListOffsetsResult ends = ask(partitions, IsolationLevel.READ_UNCOMMITTED);
            ListOffsetsResult stableEnds = ask(partitions, IsolationLevel.READ_COMMITTED);
            unanswered.set(partitions.size());
            for (TopicPartition partition : partitions) {
                KafkaFuture<ListOffsetsResultInfo> end = ends.partitionResult(partition);
                KafkaFuture<ListOffsetsResultInfo> stableEnd = stableEnds.partitionResult(partition);
                var _ = KafkaFuture.allOf(end, stableEnd)
                        .whenComplete((_, failure) -> note(partition, end, stableEnd, failure));
            }
        } catch (KafkaException e) {
            // A host name that does not resolve now: the next question may be answered.
            log.atDebug().addKeyValue("cause", e.toString()).log("cannot ask about open transactions");
        }
    }

    private ListOffsetsResult ask(Set<TopicPartition> partitions, IsolationLevel isolation) {
        Admin connected = admin;
        if (connected == null) {
            admin = connected = Admin.create(adminConfig);
        }
        return connected.listOffsets(
                partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest())),
                new ListOffsetsOptions(isolation).timeoutMs(TIMEOUT_MS));
    }

    private void note(
            TopicPartition partition,
            KafkaFuture<ListOffsetsResultInfo> end,
            KafkaFuture<ListOffsetsResultInfo> stableEnd,
            @Nullable Throwable failure) {
        try {
            if (failure == null) {
                behind.put(
                        partition,
                        Math.max(
                                0,
                                end.getNow(null).offset()
                                        - stableEnd.getNow(null).offset()));
            } else {
                behind.remove(partition);
            }
        } catch (Exception e) {
            throw new IllegalStateException("a future that is done has no result", e);
        } finally {
            unanswered.decrementAndGet();
        }
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}

package com.threadly.pipeline.dedup;

import com.threadly.runtime.retry.RetryPolicy;
import com.threadly.runtime.retry.UnavailableException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the ids of events handled before a partition was assigned from the partition itself: reads it back over the
 * window, up to the committed offset. Nothing is handled, and the previous owner is not involved. Each partition has
 * its own result, so an unreadable one delays only itself.
 */
public final class ReadBackDeduplicator implements Deduplicator {

    private static final Logger log = LoggerFactory.getLogger(ReadBackDeduplicator.class);

    private final HistoryLoader reader;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile String cause = "";

    public ReadBackDeduplicator(HistoryLoader reader) {
        this.reader = reader;
    }

    @Override
    public Function<TopicPartition, PartitionDeduplicator> of(Collection<TopicPartition> assigned) {
        var results = new LinkedHashMap<TopicPartition, CompletableFuture<PartitionHistory>>();
        assigned.forEach(partition -> results.put(partition, begun()));
        // The reading thread removes loaded ones from its map, perhaps before anyone has asked for them.
        var all = Map.copyOf(results);
        if (!results.isEmpty()) {
            Thread.ofVirtual().name("read-back").start(() -> readUntilDone(results));
        }
        return partition ->
                PartitionDeduplicator.of(Optional.ofNullable(all.get(partition)).orElseThrow());
    }

    /** In progress until it is loaded, has failed, or is abandoned. */
    private CompletableFuture<PartitionHistory> begun() {
        var result = new CompletableFuture<PartitionHistory>();
        underWay.incrementAndGet();
        var _ = result.whenComplete((_, _) -> underWay.decrementAndGet());
        return result;
    }

    @Override
    public Optional<String> trouble() {
        int left = underWay.get();
        return left == 0 ? Optional.empty() : Optional.of(reader.task(left) + cause);
    }

    private void readUntilDone(Map<TopicPartition, CompletableFuture<PartitionHistory>> results) {
        try {
            for (int attempt = 1; !attempt(results); attempt++) {
                RetryPolicy.STANDARD.pause(attempt);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // A bug: callers that wait for the ids fail, and the process with them.
            results.values().forEach(result -> result.completeExceptionally(e));
        }
    }

    /** Whether nothing is left to read. */
    private boolean attempt(Map<TopicPartition, CompletableFuture<PartitionHistory>> results)
            throws InterruptedException {
        results.values().removeIf(CompletableFuture::isDone);
        if (results.isEmpty()) {
            return true;
        }
        try {
            reader.read(Set.copyOf(results.keySet()), new HistoryLoader.Results() {
                @Override
                public boolean wants(TopicPartition partition) {
                    CompletableFuture<PartitionHistory> result = results.get(partition);
                    return result != null && !result.isDone();
                }

                @Override
                public void known(TopicPartition partition, PartitionHistory deduplicator) {
                    Optional.ofNullable(results.get(partition)).ifPresent(result -> result.complete(deduplicator));
                }
            });
            cause = "";
        } catch (UnavailableException e) {
            log.atWarn().addKeyValue("cause", e.getMessage()).log("failed to read partitions back; retrying");
            cause = ": " + e.getMessage();
        }
        results.values().removeIf(CompletableFuture::isDone);
        return results.isEmpty();
    }
}

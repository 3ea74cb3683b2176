package com.threadly.common.pipeline;

import com.threadly.common.retry.Backoff;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns which events were handled before a partition came to us, from the partition itself: it is read back over the
 * window, up to the committed offset. Nothing is handled, and whoever owned it before need not be asked.
 */
final class ReadBack implements History {

    private static final Logger log = LoggerFactory.getLogger(ReadBack.class);

    private final IdReader reader;
    private final Set<TopicPartition> underWay = ConcurrentHashMap.newKeySet();
    private volatile String cause = "";

    ReadBack(IdReader reader) {
        this.reader = reader;
    }

    @Override
    public Function<TopicPartition, Duplicates> of(Collection<TopicPartition> assigned) {
        var results = new LinkedHashMap<TopicPartition, CompletableFuture<SeenIds>>();
        assigned.forEach(partition -> results.put(partition, new CompletableFuture<>()));
        if (!results.isEmpty()) {
            underWay.addAll(results.keySet());
            Thread.ofVirtual().name("read-back").start(() -> readUntilDone(results));
        }
        return partition ->
                Duplicates.of(Optional.ofNullable(results.get(partition)).orElseThrow());
    }

    @Override
    public Optional<String> trouble() {
        return underWay.isEmpty()
                ? Optional.empty()
                : Optional.of("reads %d partitions back to know duplicates%s".formatted(underWay.size(), cause));
    }

    private void readUntilDone(Map<TopicPartition, CompletableFuture<SeenIds>> results) {
        try {
            for (int attempt = 1; !attempt(results); attempt++) {
                Backoff.pause(attempt);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // A fault of this program: whoever waits for the ids fails, and the process with it.
            results.values().forEach(result -> result.completeExceptionally(e));
        } finally {
            underWay.removeAll(results.keySet());
        }
    }

    private boolean attempt(Map<TopicPartition, CompletableFuture<SeenIds>> results) throws InterruptedException {
        try {
            Map<TopicPartition, SeenIds> seen = reader.read(results.keySet());
            results.forEach((partition, result) -> result.complete(seen.get(partition)));
            cause = "";
            return true;
        } catch (UnavailableException e) {
            log.atWarn().addKeyValue("cause", e.getMessage()).log("reading partitions back failed; trying again");
            cause = ": " + e.getMessage();
            return false;
        }
    }
}

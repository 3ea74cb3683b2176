package com.threadly.pipeline;

import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Partitions that stand still, each by itself, because their next records cannot be read. They go on when an operator
 * says that these may be skipped, or with another process that can read them.
 */
final class StoppedPartitions implements HealthCheck {

    private record Stop(long offset, String cause) {}

    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(StoppedPartitions.class);

    private final SkippedRanges ranges;
    private final Map<TopicPartition, Stop> stops = new ConcurrentHashMap<>();
    private volatile Map<TopicPartition, SkippedRanges.Range> skipped = Map.of();
    private volatile boolean asking;
    private long nextQuestion = System.nanoTime();

    StoppedPartitions(SkippedRanges ranges) {
        this.ranges = ranges;
    }

    @Override
    public Optional<String> trouble() {
        return stops.isEmpty()
                ? Optional.empty()
                : Optional.of(stops.entrySet().stream()
                        .map(stop -> "%s cannot be read at offset %s (%s) and stands still; the others go on"
                                .formatted(
                                        stop.getKey(),
                                        Long.toString(stop.getValue().offset()),
                                        stop.getValue().cause()))
                        .sorted()
                        .collect(Collectors.joining("; ")));
    }

    void stop(TopicPartition partition, long offset, String cause) {
        stops.put(partition, new Stop(offset, cause));
        log.atError()
                .addKeyValue("topic", partition.topic())
                .addKeyValue("partition", partition.partition())
                .addKeyValue("offset", offset)
                .addKeyValue("cause", cause)
                .log("a partition cannot be read any further and stands still, the others go on; once it is clear that"
                        + " no replica has the records, skip them: dlq skip TOPIC-PARTITION@OFFSET");
    }

    Set<TopicPartition> all() {
        return stops.keySet();
    }

    /** The offsets at which they stand. */
    Map<TopicPartition, Long> offsets() {
        return stops.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, stop -> stop.getValue().offset()));
    }

    /** Forgets those that are somebody else's now. */
    void keepOnly(Set<TopicPartition> ours) {
        stops.keySet().retainAll(ours);
    }

    /** Those that may go on, and where. They do not count as stopped any more. */
    Map<TopicPartition, Long> released() {
        if (stops.isEmpty()) {
            return Map.of();
        }
        askWhenDue();
        var released = new HashMap<TopicPartition, Long>();
        skipped.forEach((partition, range) -> Optional.ofNullable(stops.get(partition))
                .ifPresent(stop -> range.after(stop.offset()).ifPresent(to -> {
                    released.put(partition, to);
                    stops.remove(partition);
                    log.atWarn()
                            .addKeyValue("topic", partition.topic())
                            .addKeyValue("partition", partition.partition())
                            .addKeyValue("from", stop.offset())
                            .addKeyValue("to", to)
                            .log("an operator says that what cannot be read may be skipped; going on");
                })));
        return released;
    }

    private void askWhenDue() {
        if (asking || System.nanoTime() - nextQuestion < 0) {
            return;
        }
        asking = true;
        nextQuestion = System.nanoTime() + BETWEEN_QUESTIONS.toNanos();
        Thread.ofVirtual().name("skips").start(this::ask);
    }

    private void ask() {
        try {
            skipped = ranges.all();
        } catch (UnavailableException e) {
            log.atDebug().addKeyValue("cause", e.getMessage()).log("what may be skipped cannot be asked");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            asking = false;
        }
    }
}

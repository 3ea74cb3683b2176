package com.threadly.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The metrics of a pipeline. */
final class PipelineMetrics {

    private record Ending(String topic, String outcome) {}

    private final MeterRegistry registry;
    private final Clock clock;
    private final String group;
    /** Cached, because the registry's lookup would create the tags for every record. */
    private final Map<Ending, Counter> completed = new ConcurrentHashMap<>();

    private final Timer recordToPush;
    private final MultiGauge lag;
    private final MultiGauge lagSeconds;
    private final MultiGauge stopped;
    private volatile Supplier<Number> held = () -> 0;
    private volatile Supplier<Number> paused = () -> 0;

    /** Metrics of the pipeline in {@code group}, which distinguishes deployments of one worker. */
    PipelineMetrics(MeterRegistry registry, Clock clock, String group) {
        this.registry = registry;
        this.clock = clock;
        this.group = group;
        recordToPush = Timer.builder("threadly.record.to.push")
                .description("From a record's timestamp until its last push was acknowledged")
                .publishPercentileHistogram()
                .register(registry);
        lag = MultiGauge.builder("threadly.lag.records")
                .description("Records of a partition that are not done")
                .register(registry);
        lagSeconds = MultiGauge.builder("threadly.lag.seconds")
                .description("Age of a partition's oldest record that was polled and is not done")
                .register(registry);
        stopped = MultiGauge.builder("threadly.partition.stopped.offset")
                .description(
                        "Offset at which a partition stands still because it cannot be read there; -1 while it does not")
                .register(registry);
        Gauge.builder("threadly.records.held", () -> held.get())
                .description("Records polled and not done")
                .tag("group", group)
                .register(registry);
        Gauge.builder("threadly.partitions.paused", () -> paused.get())
                .description("Partitions that are not polled because too much is held")
                .tag("group", group)
                .register(registry);
    }

    void pushed(ConsumerRecord<byte[], byte[]> record) {
        recordToPush.record(Duration.ofMillis(age(record.timestamp(), clock.millis())));
    }

    /** In milliseconds; a producer may set no time at all, and nothing is known then of how long its record has waited. */
    private static long age(long timestamp, long now) {
        return timestamp > 0 ? Math.max(0, now - timestamp) : 0;
    }

    void completed(String topic, String outcome) {
        counter(topic, outcome).increment();
    }

    private Counter counter(String topic, String outcome) {
        return completed.computeIfAbsent(
                new Ending(topic, outcome),
                _ -> registry.counter("threadly.records", "group", group, "topic", topic, "outcome", outcome));
    }

    /** Records of {@code topic} with a wrong key, or none. */
    Counter wrongKeys(String topic) {
        return Counter.builder("threadly.records.wrong.key")
                .description("Records without a key, or with one that is not the id that their topic is ordered by")
                .tag("group", group)
                .tag("topic", topic)
                .register(registry);
    }

    /**
     * How far behind each partition is.
     *
     * @param since per partition, the timestamp of the first record that is not done, if any
     */
    void lag(Map<TopicPartition, Long> records, Map<TopicPartition, OptionalLong> since) {
        show(lag, records);
        long now = clock.millis();
        var seconds = new HashMap<TopicPartition, Double>();
        since.forEach((partition, first) -> seconds.put(partition, age(first.orElse(0), now) / 1e3));
        show(lagSeconds, seconds);
    }

    private void show(MultiGauge gauge, Map<TopicPartition, ? extends Number> values) {
        gauge.register(
                values.entrySet().stream()
                        .map(entry -> Row.of(
                                Tags.of(
                                        "group",
                                        group,
                                        "topic",
                                        entry.getKey().topic(),
                                        "partition",
                                        Integer.toString(entry.getKey().partition())),
                                entry.getValue()))
                        .toList(),
                true);
    }

    /** A dependency of a record is down; it is retried. */
    Counter retries(String cause) {
        return Counter.builder("threadly.retries")
                .description("Retries of records because a dependency was down")
                .tag("cause", cause)
                .register(registry);
    }

    /** Where partitions stand still, as their next records cannot be read; -1 for those that do not. */
    void stopped(Map<TopicPartition, Long> offsets) {
        show(stopped, offsets);
    }

    /** So many offsets of {@code topic} could not be read, and were skipped. */
    void skippedUnreadable(String topic, long offsets) {
        counter(topic, "skipped_unreadable").increment((double) offsets);
    }

    /** Offsets could not be committed; they are again. */
    Counter commitFailures() {
        return Counter.builder("threadly.commit.failures")
                .description("Commits of offsets that failed; each is repeated")
                .tag("group", group)
                .register(registry);
    }

    /** Of one consumer after the other: the latest counts. */
    void held(Supplier<Number> records, Supplier<Number> pausedPartitions) {
        held = records;
        paused = pausedPartitions;
    }
}

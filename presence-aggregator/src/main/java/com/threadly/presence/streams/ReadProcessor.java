package com.threadly.presence.streams;

import static java.util.Objects.requireNonNull;

import com.threadly.events.PresenceChanged;
import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.signal.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns events into signals of the partition's time; drops events without one. */
final class ReadProcessor implements Processor<String, PresenceChanged, String, PresenceSignal> {

    /** How often users learn that time has passed: each time costs a record in each of their partitions. */
    private static final long CLOCK_EVERY_MILLIS = Duration.ofSeconds(5).toMillis();

    private static final Logger log = LoggerFactory.getLogger(ReadProcessor.class);

    private final EventMetrics metrics;
    private final IntSupplier partitions;
    private @Nullable ProcessorContext<String, PresenceSignal> context;
    private long now;
    private long clockToldAt;

    /** @param partitions number of partitions of presence-events; 0 while it is not known */
    ReadProcessor(EventMetrics metrics, IntSupplier partitions) {
        this.metrics = metrics;
        this.partitions = partitions;
    }

    @Override
    public void init(ProcessorContext<String, PresenceSignal> context) {
        this.context = context;
    }

    @Override
    public void process(Record<String, PresenceChanged> record) {
        int source = requireNonNull(context).taskId().partition();
        // A new leader's clock may be behind the last one's.
        now = Math.max(now, record.timestamp());
        switch (ParsedEvent.of(record.key(), record.value(), Instant.ofEpochMilli(now), source)) {
            case ParsedEvent.Signalled signalled -> {
                metrics.read();
                checkPartition(record.key(), source);
                forward(record.key(), signalled.signal());
            }
            case ParsedEvent.Tick _ -> {
                if (!isClockDue()) {
                    forward("", PresenceSignal.clock(Signal.TICK, now, source));
                }
            }
            case ParsedEvent.Skipped skipped -> {
                metrics.skipped(skipped.reason());
                log.atDebug().addKeyValue("reason", skipped.reason()).log("skipped");
            }
        }
        if (isClockDue()) {
            clockToldAt = now;
            // More records of this very millisecond may follow.
            forward("", PresenceSignal.clock(Signal.CLOCK, now - 1, source));
        }
    }

    private boolean isClockDue() {
        return now - clockToldAt >= CLOCK_EVERY_MILLIS;
    }

    /** A producer with another partitioner divides a channel, and each part is counted by itself. */
    private void checkPartition(String channel, int source) {
        int all = partitions.getAsInt();
        if (all > 0 && Utils.toPositive(Utils.murmur2(channel.getBytes(StandardCharsets.UTF_8))) % all != source) {
            metrics.wrongPartition(channel, source);
        }
    }

    /** Without the headers: nothing reads them, and they might exceed the topic's size limit. */
    private void forward(String key, PresenceSignal signal) {
        requireNonNull(context).forward(new Record<>(key, signal, now));
    }
}

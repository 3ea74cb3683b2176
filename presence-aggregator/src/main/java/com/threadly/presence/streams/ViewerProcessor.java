package com.threadly.presence.streams;

import static java.util.Objects.requireNonNull;

import com.threadly.events.PresenceChanged;
import com.threadly.events.PresenceCount;
import com.threadly.presence.viewers.CountTaken;
import com.threadly.presence.viewers.Times;
import com.threadly.presence.viewers.Viewers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between Kafka Streams and the rules: events in, ticks in, counts out. One for each partition. */
final class ViewerProcessor implements Processor<String, PresenceChanged, String, PresenceCount> {

    /** Several ticks an interval, so that a first change is told soon after it happened. */
    private static final int TICKS_PER_INTERVAL = 8;

    private static final Logger log = LoggerFactory.getLogger(ViewerProcessor.class);

    private final Times times;
    private final EventMetrics metrics;
    private @Nullable ProcessorContext<String, PresenceCount> context;
    private @Nullable Viewers viewers;

    ViewerProcessor(Times times, EventMetrics metrics) {
        this.times = times;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, PresenceCount> context) {
        this.context = context;
        var rules = new Viewers(context.getStateStore(PresenceTopology.STORE), times, this::tell);
        this.viewers = rules;
        Duration tick = times.pushInterval().dividedBy(TICKS_PER_INTERVAL);
        context.schedule(tick, PunctuationType.WALL_CLOCK_TIME, rules::tick);
    }

    @Override
    public void process(Record<String, PresenceChanged> record) {
        switch (Reading.of(record.key(), record.value())) {
            case Reading.Seen seen -> {
                boolean mattered = requireNonNull(viewers)
                        .accept(seen.sighting(), requireNonNull(context).currentSystemTimeMs());
                if (mattered) {
                    metrics.counted();
                } else {
                    metrics.late();
                }
            }
            case Reading.Skipped skipped -> {
                metrics.skipped(skipped.reason());
                log.atDebug().addKeyValue("reason", skipped.reason()).log("skipped");
            }
        }
    }

    private void tell(CountTaken taken) {
        metrics.told();
        requireNonNull(context).forward(new Record<>(taken.channel(), event(taken), taken.takenAt()));
    }

    private static PresenceCount event(CountTaken taken) {
        return PresenceCount.newBuilder()
                .setEventId(id(taken))
                .setOccurredAt(Instant.ofEpochMilli(taken.takenAt()))
                .setChannel(taken.channel())
                .setWindowStart(Instant.ofEpochMilli(taken.window().start()))
                .setWindowEnd(Instant.ofEpochMilli(taken.window().end()))
                .setDistinctUsers(taken.count().distinctUsers())
                .setPresent(taken.count().present())
                .build();
    }

    /** A window's counts differ in when they were taken; without that, the second would pass for a duplicate. */
    private static UUID id(CountTaken taken) {
        String name = "presence-count\n%s\n%d\n%d"
                .formatted(taken.channel(), taken.window().end(), taken.takenAt());
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}

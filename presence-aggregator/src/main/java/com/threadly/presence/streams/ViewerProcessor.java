package com.threadly.presence.streams;

import static java.util.Objects.requireNonNull;

import com.threadly.events.PresenceCount;
import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.viewers.CountListener;
import com.threadly.presence.viewers.CountTaken;
import com.threadly.presence.viewers.ViewerTimings;
import com.threadly.presence.viewers.Viewers;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Connects Kafka Streams to the rules: signals and ticks in, counts out. One per partition. */
final class ViewerProcessor implements Processor<String, PresenceSignal, String, @Nullable PresenceCount> {

    /** Several ticks per interval, so that a first change is published soon. */
    private static final int TICKS_PER_INTERVAL = 8;

    private final ViewerTimings times;
    private final EventMetrics metrics;
    private @Nullable ProcessorContext<String, @Nullable PresenceCount> context;
    private @Nullable Viewers viewers;

    ViewerProcessor(ViewerTimings times, EventMetrics metrics) {
        this.times = times;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, @Nullable PresenceCount> context) {
        this.context = context;
        var rules = new Viewers(context.getStateStore(PresenceTopology.VIEWERS_STORE), times, new Forwarding(context));
        this.viewers = rules;
        Duration tick = times.pushInterval().dividedBy(TICKS_PER_INTERVAL);
        context.schedule(tick, PunctuationType.WALL_CLOCK_TIME, rules::tick);
    }

    @Override
    public void process(Record<String, PresenceSignal> record) {
        boolean mattered = requireNonNull(viewers)
                .accept(record.value(), requireNonNull(context).currentSystemTimeMs());
        if (!mattered) {
            metrics.late();
        }
    }

    /** Publishes counts to the topic. */
    private final class Forwarding implements CountListener {

        private final ProcessorContext<String, @Nullable PresenceCount> context;

        private Forwarding(ProcessorContext<String, @Nullable PresenceCount> context) {
            this.context = context;
        }

        @Override
        public void taken(CountTaken taken) {
            metrics.countTold();
            context.forward(new Record<>(taken.channel(), Events.of(taken), taken.takenAt()));
        }

        @Override
        public void over(String channel) {
            context.forward(new Record<>(channel, null, context.currentSystemTimeMs()));
        }
    }
}

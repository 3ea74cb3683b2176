package com.threadly.presence.streams;

import static java.util.Objects.requireNonNull;

import com.threadly.events.PresenceCount;
import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.timing.WorkBudget;
import com.threadly.presence.viewers.CountListener;
import com.threadly.presence.viewers.CountTaken;
import com.threadly.presence.viewers.ViewerTimings;
import com.threadly.presence.viewers.Viewers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Connects Kafka Streams to the rules: signals in, counts out. One per partition. */
final class ViewerProcessor implements Processor<String, PresenceSignal, String, @Nullable PresenceCount> {

    private final ViewerTimings times;
    private final WorkBudget budget;
    private final EventMetrics metrics;
    private @Nullable Viewers viewers;

    ViewerProcessor(ViewerTimings times, WorkBudget budget, EventMetrics metrics) {
        this.times = times;
        this.budget = budget;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, @Nullable PresenceCount> context) {
        var rules = new Viewers(
                context.getStateStore(PresenceTopology.VIEWERS_STORE), times, budget, new Forwarding(context));
        this.viewers = rules;
        context.schedule(PresenceTopology.LOOK_UP, PunctuationType.WALL_CLOCK_TIME, _ -> rules.catchUp());
    }

    @Override
    public void process(Record<String, PresenceSignal> record) {
        boolean mattered = requireNonNull(viewers).accept(record.value(), record.timestamp());
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
        public void over(String channel, long at) {
            context.forward(new Record<>(channel, null, at));
        }
    }
}

package com.threadly.presence.streams;

import static java.util.Objects.requireNonNull;

import com.threadly.events.UserPresence;
import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.timing.WorkBudget;
import com.threadly.presence.users.StatusChanged;
import com.threadly.presence.users.StatusListener;
import com.threadly.presence.users.StatusTimings;
import com.threadly.presence.users.Users;
import java.util.function.IntSupplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Connects Kafka Streams to the rules: signals in, statuses out. One per partition. */
final class UserProcessor implements Processor<String, PresenceSignal, String, @Nullable UserPresence> {

    private final StatusTimings times;
    private final IntSupplier sources;
    private final WorkBudget budget;
    private final EventMetrics metrics;
    private @Nullable Users users;

    UserProcessor(StatusTimings times, IntSupplier sources, WorkBudget budget, EventMetrics metrics) {
        this.times = times;
        this.sources = sources;
        this.budget = budget;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, @Nullable UserPresence> context) {
        var rules = new Users(
                context.getStateStore(PresenceTopology.USERS_STORE), times, sources, budget, new Forwarding(context));
        this.users = rules;
        context.schedule(PresenceTopology.LOOK_UP, PunctuationType.WALL_CLOCK_TIME, _ -> rules.catchUp());
    }

    @Override
    public void process(Record<String, PresenceSignal> record) {
        requireNonNull(users).accept(record.value(), record.timestamp());
    }

    /** Publishes statuses to the topic. */
    private final class Forwarding implements StatusListener {

        private final ProcessorContext<String, @Nullable UserPresence> context;

        private Forwarding(ProcessorContext<String, @Nullable UserPresence> context) {
            this.context = context;
        }

        @Override
        public void changed(StatusChanged status) {
            metrics.statusTold();
            context.forward(new Record<>(status.userId(), Events.of(status), status.at()));
        }

        @Override
        public void forgotten(String userId, long at) {
            context.forward(new Record<>(userId, null, at));
        }
    }
}

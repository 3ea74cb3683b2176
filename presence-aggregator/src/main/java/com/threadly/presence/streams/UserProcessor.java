package com.threadly.presence.streams;

import static java.util.Objects.requireNonNull;

import com.threadly.events.UserPresence;
import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.users.StatusChanged;
import com.threadly.presence.users.StatusListener;
import com.threadly.presence.users.StatusTimings;
import com.threadly.presence.users.Users;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Connects Kafka Streams to the rules: signals and ticks in, statuses out. One per partition. */
final class UserProcessor implements Processor<String, PresenceSignal, String, @Nullable UserPresence> {

    private static final Duration TICK = Duration.ofMillis(250);

    private final StatusTimings times;
    private final EventMetrics metrics;
    private @Nullable ProcessorContext<String, @Nullable UserPresence> context;
    private @Nullable Users users;

    UserProcessor(StatusTimings times, EventMetrics metrics) {
        this.times = times;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, @Nullable UserPresence> context) {
        this.context = context;
        var rules = new Users(context.getStateStore(PresenceTopology.USERS_STORE), times, new Forwarding(context));
        this.users = rules;
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, rules::tick);
    }

    @Override
    public void process(Record<String, PresenceSignal> record) {
        requireNonNull(users).accept(record.value(), requireNonNull(context).currentSystemTimeMs());
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
        public void forgotten(String userId) {
            context.forward(new Record<>(userId, null, context.currentSystemTimeMs()));
        }
    }
}

package com.threadly.common.pipeline;

import com.threadly.common.worker.Service;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One consumer, and what becomes of its records: poll, decode, handle, push, commit.
 *
 * <ul>
 *   <li>An offset is committed only when all that its record, and every one before it, gave rise to is durable.
 *   <li>Records of a partition are handled in order; what concerns one channel is pushed in that order.
 *   <li>Records held are bounded: past the bounds partitions pause, and the consumer goes on polling.
 *   <li>A record that cannot be handled becomes a dead letter; what is down for now is waited for.
 * </ul>
 *
 * <p>It begins once Kafka answers and has the topics: before that, its clients could not even be made.
 */
public final class RecordPipeline implements Service {

    private final KafkaWatch kafka;
    private final Supplier<PollLoop> connect;
    private volatile @Nullable PollLoop loop;
    private boolean stopping;

    RecordPipeline(KafkaWatch kafka, Supplier<PollLoop> connect) {
        this.kafka = kafka;
        this.connect = connect;
    }

    /** Why records do not flow at the moment; empty when they do. */
    public Optional<String> trouble() {
        PollLoop polling = loop;
        return kafka.trouble().or(() -> polling == null ? Optional.of(PollLoop.NOT_JOINED) : polling.trouble());
    }

    /** Why the process should be restarted; empty when it should not. */
    Optional<String> stuck() {
        PollLoop polling = loop;
        return polling == null ? Optional.empty() : polling.stuck();
    }

    @Override
    public void run() throws InterruptedException {
        try (kafka) {
            if (kafka.awaitWell()) {
                begin().run();
            }
        }
    }

    private PollLoop begin() {
        PollLoop polling = connect.get();
        synchronized (this) {
            loop = polling;
            if (stopping) {
                polling.stop();
            }
        }
        return polling;
    }

    @Override
    public synchronized void stop() {
        stopping = true;
        PollLoop polling = loop;
        if (polling == null) {
            kafka.close();
        } else {
            polling.stop();
        }
    }
}

package com.threadly.common.push;

import com.threadly.common.push.ChannelQueues.Pending;
import com.threadly.common.retry.Backoff;
import com.threadly.common.worker.Context;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes events in order per channel, retries included, with bounded requests in flight.
 *
 * <p>Batching is natural: a free request slot takes what has gathered, up to Pusher's limit. Light load waits for
 * nothing; under heavy load, events gather while all slots are busy. A slot is a virtual thread that lives while there
 * is work; it retries its own batch until the batch is delivered, so an outage slows itself down.
 */
public final class Publisher implements AutoCloseable {

    private static final Duration UNAUTHORIZED_PAUSE = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private final PusherTransport transport;
    private final ChannelQueues queues;
    private final Clock clock;
    private final PushMetrics metrics;
    private final ThreadFactory slotThreads =
            Thread.ofVirtual().name("push-", 0).factory();
    private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();
    private volatile boolean closed;

    public Publisher(PusherTransport transport, int slots, Clock clock, MeterRegistry registry) {
        this.transport = transport;
        this.queues = new ChannelQueues(slots, PusherTransport.MAX_BATCH_EVENTS);
        this.clock = clock;
        this.metrics = new PushMetrics(registry, queues);
    }

    /** A publisher over Pusher's HTTP API, closed with the deployable. */
    public static Publisher over(PusherSettings settings, Context context) {
        return context.closing(
                new Publisher(new PusherHttp(settings), settings.slots(), context.clock(), context.metrics()));
    }

    /** Takes an event; {@code ticket} hears of its end. Events of one channel are pushed in the order of these calls. */
    public void publish(PushEvent event, PushTicket ticket) {
        queues.add(new Pending(event, ticket));
        startSlotIfUseful();
    }

    /** Why pushing does not get through at the moment; empty when it does, or when there was nothing to push. */
    public Optional<String> trouble() {
        // What waited may have expired, or gone with its partition.
        return queues.busySlots() == 0 ? Optional.empty() : Optional.ofNullable(trouble.get());
    }

    /** Stops retrying. What has not been pushed by now is told {@link PushResult.Abandoned}. */
    @Override
    public void close() {
        closed = true;
        transport.close();
    }

    private void startSlotIfUseful() {
        if (queues.claimSlot()) {
            slotThreads.newThread(this::runSlot).start();
        }
    }

    private void runSlot() {
        List<Pending> batch = queues.take();
        while (!batch.isEmpty()) {
            startSlotIfUseful();
            try {
                deliver(batch);
            } finally {
                queues.release(batch);
            }
            batch = queues.take();
        }
    }

    /** Until each event of the batch has come to its end. */
    private void deliver(List<Pending> batch) {
        List<Pending> left = withoutDropped(batch);
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            switch (metrics.timed(transport, left)) {
                case PushOutcome.Delivered() -> {
                    noteRecovery();
                    completeAll(left, new PushResult.Delivered());
                    return;
                }
                case PushOutcome.Rejected(int status, String reason) -> {
                    noteRecovery();
                    refuseOrSplit(left, new PushResult.Rejected(status, reason));
                    return;
                }
                case PushOutcome.RetryAfter(Duration atLeast, String cause) -> {
                    noteTrouble(cause);
                    pause(atLeast, attempt);
                }
                case PushOutcome.Unauthorized(int status, String reason) -> {
                    noteTrouble(("HTTP %d, %s: check PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET, PUSHER_HOST"
                                    + " and the app's quota")
                            .formatted(status, reason));
                    pause(UNAUTHORIZED_PAUSE, attempt);
                }
            }
            left = withoutDropped(left);
        }
    }

    /** Halves a refused batch, in order, until the event at fault stands alone. */
    private void refuseOrSplit(List<Pending> refused, PushResult.Rejected result) {
        if (refused.size() == 1) {
            completeAll(refused, result);
        } else {
            int half = refused.size() / 2;
            deliver(refused.subList(0, half));
            deliver(refused.subList(half, refused.size()));
        }
    }

    private List<Pending> withoutDropped(List<Pending> batch) {
        Instant now = clock.instant();
        var kept = new ArrayList<Pending>(batch.size());
        for (Pending pending : batch) {
            if (closed || pending.ticket().abandoned()) {
                complete(pending, new PushResult.Abandoned());
            } else if (pending.event().isStaleAt(now)) {
                complete(pending, new PushResult.Expired());
            } else {
                kept.add(pending);
            }
        }
        return kept;
    }

    private void completeAll(List<Pending> batch, PushResult result) {
        batch.forEach(pending -> complete(pending, result));
    }

    private void complete(Pending pending, PushResult result) {
        metrics.count(result);
        try {
            pending.ticket().completed(result);
        } catch (RuntimeException e) {
            // Its offset stays uncommitted, so the record comes again; the other events must not suffer.
            log.atError()
                    .addKeyValue("channel", pending.event().channel())
                    .setCause(e)
                    .log("completing a push failed");
        }
    }

    private void noteTrouble(String cause) {
        if (trouble.getAndSet(cause) == null) {
            log.atWarn().addKeyValue("cause", cause).log("Pusher does not take events; retrying until it does");
        }
    }

    private void noteRecovery() {
        if (trouble.getAndSet(null) != null) {
            log.atInfo().log("Pusher takes events again");
        }
    }

    private static void pause(Duration atLeast, int attempt) {
        try {
            Backoff.pause(attempt, atLeast);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

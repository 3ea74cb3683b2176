package com.threadly.pusher;

import com.threadly.runtime.Context;
import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.retry.RetryPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes events in order per channel, retries included, with bounded requests in flight.
 *
 * <p>Batching is natural: a free request slot takes what has gathered, up to Pusher's limit. Light load waits for
 * nothing; under heavy load, events gather while all slots are busy. A slot is a virtual thread that lives while there
 * is work. A batch that fails gives its slot back and its events to their channels, which rest for a while and are then
 * tried one by one; in an outage only probes go out. An event that is refused alone delays only its channel while
 * others get through. Requests that are too many for Pusher blame no channel: fewer are in flight until it takes them,
 * as after an outage ({@link InFlightLimit}). Fewer are too, where more would get no more done ({@link UsefulInFlight}).
 *
 * <p>An unexpected exception in a slot is a bug and is reported: otherwise events would silently remain unpushed.
 */
public final class Publisher implements AutoCloseable, HealthCheck {

    /** How often batches that wait for the end of an outage check again. */
    private static final Duration OUTAGE_PAUSE = Duration.ofMillis(100);
    /** A slot whose request was one too many waits so long, more after several in a row. */
    private static final RetryPolicy TOO_MANY = new RetryPolicy(Duration.ofMillis(100), Duration.ofMillis(400), 0.5);
    /** A channel that failed so often in a row is worth a line in the log. */
    private static final int NOTABLE_FAILURES = 5;

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private final PusherTransport transport;
    private final ChannelQueues queues;
    private final OutageBreaker breaker = new OutageBreaker(this::outageBegan, this::outageEnded);
    private final RejectionPolicy rejections = new RejectionPolicy();
    private final Consumer<Throwable> onFailure;
    private final Clock clock;
    private final PushMetrics metrics;
    private final ThreadFactory slotThreads =
            Thread.ofVirtual().name("push-", 0).factory();
    private final ScheduledThreadPoolExecutor backoffs = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("push-rests").factory());
    private volatile String lastFailure = "";
    private volatile boolean closed;

    /**
     * A publisher.
     *
     * @param slots requests in flight at once
     * @param maxWaiting events that may wait for a slot; above it, {@link #publish} blocks
     * @param rate the limit per channel, or null for none
     * @param onFailure receives bugs, on the publisher's threads; it should end the process
     */
    public Publisher(
            PusherTransport transport,
            int slots,
            int maxWaiting,
            @Nullable ChannelRateLimiter rate,
            Clock clock,
            MeterRegistry registry,
            Consumer<Throwable> onFailure) {
        this.transport = transport;
        this.queues = new ChannelQueues(slots, PusherTransport.MAX_BATCH_EVENTS, maxWaiting, rate);
        this.clock = clock;
        this.onFailure = onFailure;
        this.metrics = new PushMetrics(registry, queues, breaker);
        backoffs.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        backoffs.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** A publisher for Pusher's HTTP API, closed with the deployable. */
    public static Publisher over(PusherSettings settings, Context context) {
        return over(settings, null, context);
    }

    /** A publisher for Pusher's HTTP API with at most {@code rate} per channel; closed with the deployable. */
    public static Publisher over(PusherSettings settings, @Nullable ChannelRateLimiter rate, Context context) {
        return context.closing(new Publisher(
                new PusherHttp(settings),
                settings.slots(),
                settings.maxWaiting(),
                rate,
                context.clock(),
                context.metrics(),
                context::fail));
    }

    /**
     * Queues an event; {@code callback} receives its result. Events of one channel are pushed in the order of these
     * calls.
     *
     * @throws InterruptedException while waiting for room
     */
    public void publish(PushEvent event, PushCallback callback) throws InterruptedException {
        queues.add(event, callback);
        startSlotIfUseful();
    }

    /** Why pushes fail now; empty when they succeed, or when there is nothing to push. */
    @Override
    public Optional<String> trouble() {
        return breaker.isClosed() || queues.isEmpty() ? Optional.empty() : Optional.of(lastFailure);
    }

    /**
     * Stops retrying. Events not pushed by now complete as {@link PushResult.Abandoned}, unless they are backing off.
     */
    @Override
    public void close() {
        closed = true;
        backoffs.shutdown();
        transport.close();
    }

    private void startSlotIfUseful() {
        if (queues.claimSlot()) {
            slotThreads.newThread(this::runSlot).start();
        }
    }

    private void runSlot() {
        try {
            for (Batch batch = take(); !batch.isEmpty(); batch = take()) {
                startSlotIfUseful();
                push(batch);
            }
        } catch (Throwable e) {
            onFailure.accept(e);
        }
    }

    private Batch take() {
        Batch batch = queues.take(System.nanoTime());
        batch.throttled().forEach(throttled -> {
            metrics.throttled();
            backOff(List.of(throttled.channel()), throttled.nanos());
        });
        batch.superseded().forEach(pending -> complete(pending, new PushResult.Superseded()));
        return batch;
    }

    /** Runs until each event of the batch is done, or is back in its channel's queue. */
    private void push(Batch batch) {
        Deque<List<QueuedPush>> parts = new ArrayDeque<>(List.of(batch.events()));
        // Channels whose first event was rejected alone: they wait, the others continue.
        var setAside = new ArrayList<QueuedPush>();
        Set<ChannelQueue> refused = new LinkedHashSet<>();
        String cause = "";
        boolean answered = false;
        while (!parts.isEmpty()) {
            List<QueuedPush> part = withoutDropped(parts.pop());
            if (part.isEmpty()) {
                continue;
            }
            if (!breaker.admits()) {
                parts.push(part);
                if (queues.hasTooManySlots()) {
                    parts.push(setAside);
                    retryLater(batch, parts, refused, false, Duration.ZERO, cause);
                    return;
                }
                pause(OUTAGE_PAUSE);
                continue;
            }
            SendResult outcome = send(part);
            switch (outcome) {
                case SendResult.Delivered() -> completeAll(part, new PushResult.Delivered());
                case SendResult.Rejected(int status, String reason)
                when part.size() == 1 -> completeAll(part, new PushResult.Rejected(status, reason));
                case SendResult.Rejected _ -> halve(part, parts);
                case SendResult.Retryable failure -> {
                    lastFailure = failure.cause();
                    metrics.sentAgain(failure);
                    breaker.report(failure);
                    boolean blamesOne = failure instanceof SendResult.Blocked && breaker.isClosed();
                    if (blamesOne && part.size() > 1) {
                        halve(part, parts);
                    } else if (blamesOne) {
                        cause = failure.cause();
                        refused.add(part.getFirst().queue());
                        setAside.addAll(part);
                        setAside.addAll(removeAllOf(part.getFirst().queue(), parts));
                    } else {
                        parts.push(part);
                        parts.push(setAside);
                        notNow(batch, parts, refused, failure);
                        return;
                    }
                    continue;
                }
            }
            answered = true;
            breaker.report(outcome);
        }
        if (setAside.isEmpty()) {
            queues.done(batch, answered, System.nanoTime());
        } else {
            retryLater(batch, List.of(setAside), refused, true, Duration.ZERO, cause);
        }
    }

    private void notNow(
            Batch batch,
            Collection<List<QueuedPush>> left,
            Collection<ChannelQueue> refused,
            SendResult.Retryable failure) {
        boolean outage = !breaker.isClosed();
        boolean tooMany = failure instanceof SendResult.TooMany;
        retryLater(batch, left, refused, !outage && !tooMany, failure.atLeast(), failure.cause());
        if (tooMany && !outage) {
            pause(TOO_MANY.waitAfter(queues.tooMany(batch)));
        }
    }

    private SendResult send(List<QueuedPush> part) {
        SendResult outcome = timed(part);
        boolean alone = part.size() == 1;
        return switch (outcome) {
            case SendResult.Delivered delivered -> {
                rejections.delivered();
                yield delivered;
            }
            case SendResult.Rejected rejection ->
                alone ? rejections.judge(part.getFirst(), rejection) : rejections.judge(rejection);
            case SendResult.Blocked blocked -> alone ? rejections.judge(part.getFirst(), blocked) : blocked;
            case SendResult.Retryable failure -> failure;
        };
    }

    private SendResult timed(List<QueuedPush> part) {
        try {
            return metrics.timed(transport, part);
        } catch (RuntimeException e) {
            // Whether Pusher received them is unknown: as after a lost response, they are sent again.
            log.atError().setCause(e).log("failed to send a batch to Pusher; retrying");
            return new SendResult.RetryAfter(Duration.ZERO, "sending failed: " + e);
        }
    }

    /** Splits in order, until the event at fault is alone. */
    private static void halve(List<QueuedPush> part, Deque<List<QueuedPush>> parts) {
        int half = part.size() / 2;
        parts.push(part.subList(half, part.size()));
        parts.push(part.subList(0, half));
    }

    private static List<QueuedPush> removeAllOf(ChannelQueue channel, Deque<List<QueuedPush>> parts) {
        var removed = new ArrayList<QueuedPush>();
        for (int i = parts.size(); i > 0; i--) {
            var kept = new ArrayList<QueuedPush>();
            for (QueuedPush pending : parts.removeFirst()) {
                (pending.queue() == channel ? removed : kept).add(pending);
            }
            parts.addLast(kept);
        }
        return removed;
    }

    private void retryLater(
            Batch batch,
            Collection<List<QueuedPush>> left,
            Collection<ChannelQueue> refused,
            boolean blamed,
            Duration atLeast,
            String cause) {
        List<ChannelQueue> backingOff =
                queues.putBack(batch, left.stream().flatMap(List::stream).toList(), refused, blamed);
        int failures =
                backingOff.stream().mapToInt(ChannelQueue::failures).max().orElse(1);
        if (failures == NOTABLE_FAILURES && backingOff.size() == 1 && blamed) {
            log.atWarn()
                    .addKeyValue("channel", backingOff.getFirst().name())
                    .addKeyValue("cause", cause)
                    .log("Pusher does not accept the events of one channel; retrying; other channels continue");
        }
        // Where none is to blame, the circuit or the limit sets the pace, and all go on soon after.
        Duration pause = RetryPolicy.STANDARD.waitAfter(blamed ? failures : 1);
        backOff(backingOff, Math.max(atLeast.toNanos(), pause.toNanos()));
    }

    private void backOff(List<ChannelQueue> channels, long nanos) {
        var _ = backoffs.schedule(
                () -> {
                    try {
                        queues.wake(channels);
                        startSlotIfUseful();
                    } catch (Throwable e) {
                        // The executor would swallow it.
                        onFailure.accept(e);
                    }
                },
                nanos,
                TimeUnit.NANOSECONDS);
    }

    private List<QueuedPush> withoutDropped(List<QueuedPush> batch) {
        Instant now = clock.instant();
        var kept = new ArrayList<QueuedPush>(batch.size());
        for (QueuedPush pending : batch) {
            if (closed || pending.callback().abandoned()) {
                complete(pending, new PushResult.Abandoned());
            } else if (pending.event().isStaleAt(now)) {
                complete(pending, new PushResult.Expired());
            } else {
                kept.add(pending);
            }
        }
        return kept;
    }

    private void completeAll(List<QueuedPush> batch, PushResult result) {
        batch.forEach(pending -> complete(pending, result));
    }

    private void complete(QueuedPush pending, PushResult result) {
        metrics.count(result);
        try {
            pending.callback().completed(result);
        } catch (RuntimeException e) {
            // Its offset stays uncommitted: only a restart reads the record again. Other events must not be affected.
            onFailure.accept(new IllegalStateException(
                    "failed to complete a push to %s".formatted(pending.event().channel()), e));
        } finally {
            forgetInterrupt();
        }
    }

    /**
     * Nothing interrupts a slot to stop it. A callback may leave the flag set, for example when it gives up waiting;
     * then every blocking request would fail at once.
     */
    private static void forgetInterrupt() {
        var _ = Thread.interrupted();
    }

    private void outageBegan() {
        queues.outageBegan();
        log.atWarn().addKeyValue("cause", lastFailure).log("Pusher does not take events; probing until it does");
    }

    private void outageEnded() {
        queues.outageEnded();
        log.atInfo().log("Pusher takes events again");
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            // Nobody interrupts a slot on purpose: it goes on a little sooner.
        }
    }
}

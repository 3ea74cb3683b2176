package com.threadly.pusher;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;

/** The metrics of the publisher. */
final class PushMetrics {

    private final Timer requests;
    private final DistributionSummary batchSize;
    private final Counter delivered;
    private final Counter rejected;
    private final Counter expired;
    private final Counter superseded;
    private final Counter abandoned;
    private final Counter throttled;
    private final Counter unavailable;
    private final Counter tooMany;
    private final Counter unauthorized;
    private final Counter refused;

    PushMetrics(MeterRegistry registry, ChannelQueues queues, OutageBreaker breaker) {
        requests = Timer.builder("threadly.push.request")
                .description("From sending a batch to Pusher until its response")
                .publishPercentileHistogram()
                .register(registry);
        batchSize = DistributionSummary.builder("threadly.push.batch.events")
                .description("Events in a batch")
                .register(registry);
        Gauge.builder("threadly.push.batch.mean", batchSize, DistributionSummary::mean)
                .description("Mean events per batch since the start")
                .register(registry);
        delivered = results(registry, "delivered");
        rejected = results(registry, "rejected");
        expired = results(registry, "expired");
        superseded = results(registry, "superseded");
        abandoned = results(registry, "abandoned");
        throttled = Counter.builder("threadly.push.throttled")
                .description("Times that a channel had to wait because it exceeded its rate")
                .register(registry);
        unavailable = retries(registry, "unavailable");
        tooMany = retries(registry, "too_many_requests");
        unauthorized = retries(registry, "unauthorized");
        refused = retries(registry, "refused");
        Gauge.builder("threadly.push.in.flight", queues, ChannelQueues::busySlots)
                .description("Requests to Pusher in flight, or waiting for an outage to end")
                .register(registry);
        Gauge.builder("threadly.push.in.flight.limit", queues, ChannelQueues::slots)
                .description(
                        "Requests that may be under way: fewer than allowed while they are too many for Pusher, after"
                                + " an outage, and while more would get no more done")
                .register(registry);
        Gauge.builder("threadly.push.circuit.open", breaker, c -> c.isClosed() || queues.isEmpty() ? 0 : 1)
                .description("1 while Pusher accepts no events, some wait, and only probes are sent")
                .register(registry);
        Gauge.builder("threadly.push.waiting", queues, ChannelQueues::waiting)
                .description("Events that wait for a request slot")
                .register(registry);
    }

    SendResult timed(PusherTransport transport, List<QueuedPush> batch) {
        batchSize.record(batch.size());
        return requests.record(
                () -> transport.send(batch.stream().map(QueuedPush::event).toList()));
    }

    void sentAgain(SendResult.Retryable outcome) {
        Counter counter = switch (outcome) {
            case SendResult.RetryAfter _ -> unavailable;
            case SendResult.TooMany _ -> tooMany;
            case SendResult.Unauthorized _ -> unauthorized;
            case SendResult.Blocked _ -> refused;
        };
        counter.increment();
    }

    void count(PushResult result) {
        Counter counter = switch (result) {
            case PushResult.Delivered _ -> delivered;
            case PushResult.Rejected _ -> rejected;
            case PushResult.Expired _ -> expired;
            case PushResult.Superseded _ -> superseded;
            case PushResult.Abandoned _ -> abandoned;
        };
        counter.increment();
    }

    void throttled() {
        throttled.increment();
    }

    private static Counter results(MeterRegistry registry, String result) {
        return Counter.builder("threadly.push.events")
                .description("Events that completed")
                .tag("result", result)
                .register(registry);
    }

    private static Counter retries(MeterRegistry registry, String cause) {
        return Counter.builder("threadly.push.retries")
                .description("Requests that will be retried")
                .tag("cause", cause)
                .register(registry);
    }
}

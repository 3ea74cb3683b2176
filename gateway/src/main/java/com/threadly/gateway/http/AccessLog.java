package com.threadly.gateway.http;

import io.javalin.http.Context;
import io.javalin.http.RequestLogger;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One log line and one measurement per request. It logs the route instead of the path: no ids, queries, headers or
 * bodies, and so no tokens or content.
 */
final class AccessLog implements RequestLogger {

    private static final Logger log = LoggerFactory.getLogger(AccessLog.class);
    private static final String NO_ROUTE = "none";

    private record Kind(String route, int status) {}

    private final MeterRegistry metrics;
    /** Building one takes longer than much of a request. There are few routes and statuses. */
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    AccessLog(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void handle(Context exchange, Float millis) {
        Endpoint matched = exchange.endpoints().matchedHttpEndpoint();
        String route = matched == null ? NO_ROUTE : matched.path;
        int status = exchange.statusCode();
        timers.computeIfAbsent(new Kind(route, status), this::timer)
                .record((long) (millis * 1e6), TimeUnit.NANOSECONDS);
        log.atInfo()
                .addKeyValue("method", exchange.method().name())
                .addKeyValue("route", route)
                .addKeyValue("status", status)
                .addKeyValue("millis", Math.round(millis))
                .log("request");
    }

    private Timer timer(Kind kind) {
        return Timer.builder("threadly.gateway.request")
                .tag("route", kind.route())
                .tag("status", Integer.toString(kind.status()))
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(metrics);
    }
}

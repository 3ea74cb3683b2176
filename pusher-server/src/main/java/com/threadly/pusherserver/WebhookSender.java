package com.threadly.pusherserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one target its webhooks: batched, signed, in order, and retried until accepted or too old. */
final class WebhookSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
    private static final int MAX_EVENTS = 20;
    private static final int MAX_QUEUED = 100_000;
    private static final Duration GATHERING = Duration.ofMillis(250);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(4);

    /** When a request that was not accepted is retried: after {@code first}, doubling up to {@code most}. */
    record Retries(Duration first, Duration most, Duration giveUpAfter) {
        static final Retries PUSHER =
                new Retries(Duration.ofMillis(250), Duration.ofSeconds(30), Duration.ofMinutes(5));
    }

    private final URI target;
    private final PusherApp app;
    private final Signer signer;
    private final HttpClient http;
    private final JsonMapper json;
    private final Clock clock;
    private final Retries retries;
    private final Counters counters;
    private final BlockingQueue<WebhookEvent> queue = new LinkedBlockingQueue<>(MAX_QUEUED);
    private final Thread thread;

    WebhookSender(
            URI target,
            PusherApp app,
            Signer signer,
            HttpClient http,
            JsonMapper json,
            Clock clock,
            Retries retries,
            Counters counters) {
        this.target = target;
        this.app = app;
        this.signer = signer;
        this.http = http;
        this.json = json;
        this.clock = clock;
        this.retries = retries;
        this.counters = counters;
        this.thread = Thread.ofVirtual().name("webhooks " + target).unstarted(this::run);
    }

    WebhookSender start() {
        thread.start();
        return this;
    }

    void accept(WebhookEvent event) {
        if (!queue.offer(event)) {
            counters.webhookEventsDropped.increment();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                deliver(gather());
            }
        } catch (InterruptedException e) {
            // Closed: the rest is dropped.
        }
    }

    private List<WebhookEvent> gather() throws InterruptedException {
        var events = new ArrayList<WebhookEvent>();
        events.add(queue.take());
        long end = System.nanoTime() + GATHERING.toNanos();
        while (events.size() < MAX_EVENTS) {
            WebhookEvent next = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            events.add(next);
        }
        return events;
    }

    private void deliver(List<WebhookEvent> events) throws InterruptedException {
        HttpRequest request = request(events);
        long end = System.nanoTime() + retries.giveUpAfter().toNanos();
        Duration delay = retries.first();
        while (!isTaken(request)) {
            counters.webhooksFailed.increment();
            if (System.nanoTime() + delay.toNanos() > end) {
                counters.webhookEventsDropped.add(events.size());
                LOG.atWarn()
                        .addKeyValue("target", target)
                        .addKeyValue("events", events.size())
                        .log("webhook dropped");
                return;
            }
            Thread.sleep(delay);
            Duration doubled = delay.multipliedBy(2);
            delay = doubled.compareTo(retries.most()) < 0 ? doubled : retries.most();
        }
        counters.webhooksSent.increment();
    }

    private boolean isTaken(HttpRequest request) throws InterruptedException {
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 300;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpRequest request(List<WebhookEvent> events) {
        var webhook = new LinkedHashMap<String, Object>();
        webhook.put("time_ms", clock.millis());
        webhook.put("events", events);
        byte[] body;
        try {
            body = json.writeValueAsBytes(webhook);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("webhook events can always be written", e);
        }
        return HttpRequest.newBuilder(target)
                .timeout(ANSWER_TIMEOUT)
                .header("Content-Type", "application/json")
                .header("X-Pusher-Key", app.key())
                .header("X-Pusher-Signature", signer.sign(body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }
}

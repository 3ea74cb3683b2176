package com.threadly.gateway.webhooks;

import com.threadly.common.pipeline.UnavailableException;
import com.threadly.gateway.events.Entry;
import com.threadly.gateway.events.EventSink;
import com.threadly.gateway.http.Bodies;
import com.threadly.gateway.http.Problem;
import com.threadly.gateway.http.ProblemException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /pusher/webhooks}: answered 200 only when every event of it is stored. Pusher repeats what is not. */
public final class Webhooks implements Handler {

    /** Twenty client events of 10 KiB, and what JSON within JSON adds to them. */
    private static final int MAX_BODY_BYTES = 512 * 1024;

    private final WebhookSignature signature;
    private final EventSink sink;
    private final MeterRegistry metrics;

    public Webhooks(WebhookSignature signature, EventSink sink, MeterRegistry metrics) {
        this.signature = signature;
        this.sink = sink;
        this.metrics = metrics;
    }

    @Override
    public void handle(Context exchange) {
        byte[] body = Bodies.read(exchange, MAX_BODY_BYTES);
        if (!signature.genuine(exchange.header("X-Pusher-Key"), exchange.header("X-Pusher-Signature"), body)) {
            throw new ProblemException(Problem.unauthenticated("the webhook's key or signature is wrong"));
        }
        Webhook webhook = Webhook.parse(body);
        store(entries(webhook));
        webhook.events()
                .forEach(event -> metrics.counter("threadly.gateway.webhook.events", "name", known(event.name()))
                        .increment());
        exchange.status(200);
    }

    private static List<Entry<?>> entries(Webhook webhook) {
        var entries = new ArrayList<Entry<?>>();
        int position = 0;
        for (Webhook.Event event : webhook.events()) {
            Translation.translate(event, webhook.time(), position++).ifPresent(entries::add);
        }
        return entries;
    }

    private void store(List<Entry<?>> entries) {
        try {
            sink.append(entries);
        } catch (UnavailableException e) {
            throw new ProblemException(Problem.unavailable());
        }
    }

    /** A label has few values, whatever is sent. */
    private static String known(@Nullable String name) {
        return switch (name) {
            case "member_added", "member_removed", "client_event", "channel_occupied", "channel_vacated" -> name;
            case null, default -> "other";
        };
    }
}

package com.threadly.pusherserver;

import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Passes every webhook event to every target. Targets do not wait for each other. */
final class Webhooks implements Consumer<WebhookEvent>, AutoCloseable {

    private final Function<URI, WebhookSender> starter;
    private volatile Map<URI, WebhookSender> senders = Map.of();

    Webhooks(Function<URI, WebhookSender> starter) {
        this.starter = starter;
    }

    @Override
    public void accept(WebhookEvent event) {
        for (WebhookSender sender : senders.values()) {
            sender.accept(event);
        }
    }

    /** Replaces the targets; one that stays keeps its queue. */
    synchronized void setTargets(List<URI> targets) {
        var next = new HashMap<URI, WebhookSender>();
        for (URI target : new HashSet<>(targets)) {
            WebhookSender present = senders.get(target);
            next.put(target, present == null ? starter.apply(target) : present);
        }
        Map<URI, WebhookSender> previous = senders;
        senders = Map.copyOf(next);
        previous.forEach((target, sender) -> {
            if (!next.containsKey(target)) {
                sender.close();
            }
        });
    }

    @Override
    public void close() {
        setTargets(List.of());
    }
}

package com.threadly.pusherserver;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How a server runs.
 *
 * @param host the address to listen on
 * @param port the port to listen on, 0 for any free one
 * @param webhooks where webhooks go from the start; {@link PusherServer#setWebhooks} changes it
 * @param activityTimeout how long a client may be silent before it is pinged
 * @param pongTimeout how long it may then take to answer
 * @param maxQueuedBytes how much may be queued for one slow client before its connection is closed
 * @param maxPresenceMembers how many users one presence channel may have; Pusher allows 100
 */
public record PusherServerOptions(
        String host,
        int port,
        List<URI> webhooks,
        Duration activityTimeout,
        Duration pongTimeout,
        long maxQueuedBytes,
        int maxPresenceMembers) {

    public PusherServerOptions {
        requireNonNull(host, "host");
        webhooks = List.copyOf(webhooks);
        requireNonNull(activityTimeout, "activityTimeout");
        requireNonNull(pongTimeout, "pongTimeout");
    }

    /** Loopback, any free port, no webhooks, and Pusher's own timeouts and limits. */
    public static PusherServerOptions defaults() {
        return new PusherServerOptions(
                "127.0.0.1", 0, List.of(), Duration.ofSeconds(120), Duration.ofSeconds(30), 16 << 20, 100);
    }

    public PusherServerOptions withPort(int newPort) {
        return new PusherServerOptions(
                host, newPort, webhooks, activityTimeout, pongTimeout, maxQueuedBytes, maxPresenceMembers);
    }

    public PusherServerOptions withWebhooks(List<URI> newWebhooks) {
        return new PusherServerOptions(
                host, port, newWebhooks, activityTimeout, pongTimeout, maxQueuedBytes, maxPresenceMembers);
    }

    public PusherServerOptions withTimeouts(Duration newActivityTimeout, Duration newPongTimeout) {
        return new PusherServerOptions(
                host, port, webhooks, newActivityTimeout, newPongTimeout, maxQueuedBytes, maxPresenceMembers);
    }

    public PusherServerOptions withMaxQueuedBytes(long newMaxQueuedBytes) {
        return new PusherServerOptions(
                host, port, webhooks, activityTimeout, pongTimeout, newMaxQueuedBytes, maxPresenceMembers);
    }

    public PusherServerOptions withMaxPresenceMembers(int newMaxPresenceMembers) {
        return new PusherServerOptions(
                host, port, webhooks, activityTimeout, pongTimeout, maxQueuedBytes, newMaxPresenceMembers);
    }
}

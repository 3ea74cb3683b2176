package com.threadly.localstack.subscribe;

import com.pusher.client.Pusher;
import com.pusher.client.channel.Channel;
import com.pusher.client.connection.ConnectionEventListener;
import com.pusher.client.connection.ConnectionState;
import com.pusher.client.connection.ConnectionStateChange;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket connection and its channels. */
final class SubscriberConnection implements ConnectionEventListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SubscriberConnection.class);

    private final PusherEndpoint endpoint;
    private final Prefetched authorizer;
    private final Map<String, String> askers;
    private final List<Subscription> subscriptions;
    private final Pusher pusher;
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    SubscriberConnection(PusherEndpoint endpoint, GatewayAuthorizer gateway, List<Subscription> subscriptions) {
        this.endpoint = endpoint;
        this.subscriptions = List.copyOf(subscriptions);
        this.askers = subscriptions.stream()
                .filter(subscription -> subscription.userId() != null)
                .collect(Collectors.toMap(Subscription::channel, SubscriberConnection::identity));
        this.authorizer = new Prefetched(gateway.by(channel -> askers.getOrDefault(channel, "nobody")));
        this.pusher = new Pusher(endpoint.key(), endpoint.options().setChannelAuthorizer(authorizer));
    }

    /** Connects; done when the server has greeted. */
    CompletableFuture<Void> connect() {
        pusher.connect(this, ConnectionState.ALL);
        return connected;
    }

    /** Subscribes to every channel; each future is done when the server has confirmed its channel. */
    List<CompletableFuture<Void>> subscribe(Consumer<Push> sink, Clock clock) throws InterruptedException {
        authorizer.prefetch(askers.keySet(), pusher.getConnection().getSocketId());
        List<CompletableFuture<Void>> confirmed = new ArrayList<>();
        for (Subscription subscription : subscriptions) {
            Listener listener = new Listener(sink, clock);
            channel(subscription.channel(), listener).bindGlobal(listener);
            confirmed.add(listener.subscribed());
        }
        return confirmed;
    }

    /** Done when the client has given up, or was closed. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    private Channel channel(String name, Listener listener) {
        if (name.startsWith("presence-")) {
            return pusher.subscribePresence(name, listener);
        }
        return name.startsWith("private-") ? pusher.subscribePrivate(name, listener) : pusher.subscribe(name, listener);
    }

    @Override
    public void onConnectionStateChange(ConnectionStateChange change) {
        switch (change.getCurrentState()) {
            case CONNECTED -> connected.complete(null);
            case RECONNECTING -> {
                if (connected.isDone()) {
                    log.atWarn()
                            .addKeyValue("server", endpoint)
                            .log("Lost the connection; pushes sent meanwhile are missed");
                }
            }
            case DISCONNECTED -> ended.complete(null);
            case CONNECTING, DISCONNECTING, ALL -> {}
        }
    }

    @Override
    public void onError(@Nullable String message, @Nullable String code, @Nullable Exception cause) {
        String reason = "%s: %s".formatted(endpoint, cause == null ? message + " (" + code + ")" : cause);
        if (!connected.completeExceptionally(new SubscribeException(reason))) {
            log.atWarn().addKeyValue("server", endpoint).log("The Pusher server says: {}", reason);
        }
    }

    @Override
    public void close() {
        pusher.disconnect();
    }

    private static String identity(Subscription subscription) {
        return String.valueOf(subscription.userId());
    }
}

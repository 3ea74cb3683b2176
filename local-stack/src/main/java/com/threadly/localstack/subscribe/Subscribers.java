package com.threadly.localstack.subscribe;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Many channels over a few connections, all of them confirmed by the server before {@link #open} returns. */
public final class Subscribers implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<SubscriberConnection> connections;

    private Subscribers(List<SubscriberConnection> connections) {
        this.connections = List.copyOf(connections);
    }

    /**
     * Connects and subscribes.
     *
     * @param sink receives each push, in the order of its channel, on the Pusher client's threads: it must not block
     * @throws SubscribeException if a connection or a channel is refused or not confirmed in time
     */
    public static Subscribers open(
            PusherEndpoint endpoint,
            GatewayAuthorizer gateway,
            Collection<Subscription> subscriptions,
            int connections,
            Consumer<Push> sink,
            Clock clock)
            throws InterruptedException {
        Subscribers subscribers = new Subscribers(spread(List.copyOf(subscriptions), connections).stream()
                .map(share -> new SubscriberConnection(endpoint, gateway, share))
                .toList());
        try {
            subscribers.subscribe(endpoint, sink, clock);
            return subscribers;
        } catch (SubscribeException | InterruptedException failed) {
            subscribers.close();
            throw failed;
        }
    }

    private void subscribe(PusherEndpoint endpoint, Consumer<Push> sink, Clock clock) throws InterruptedException {
        await(connections.stream().map(SubscriberConnection::connect).toList(), "a greeting from " + endpoint);
        List<CompletableFuture<Void>> confirmed = new ArrayList<>();
        for (SubscriberConnection connection : connections) {
            confirmed.addAll(connection.subscribe(sink, clock));
        }
        await(confirmed, "every subscription at " + endpoint + " to be confirmed");
    }

    /** Done when a connection has ended permanently. */
    public CompletableFuture<?> ended() {
        return CompletableFuture.anyOf(
                connections.stream().map(SubscriberConnection::ended).toArray(CompletableFuture[]::new));
    }

    @Override
    public void close() {
        connections.forEach(SubscriberConnection::close);
    }

    static List<List<Subscription>> spread(List<Subscription> all, int shares) {
        int used = Math.max(1, Math.min(shares, all.size()));
        return IntStream.range(0, used)
                .mapToObj(share -> IntStream.range(0, all.size())
                        .filter(n -> n % used == share)
                        .mapToObj(all::get)
                        .toList())
                .toList();
    }

    private static void await(List<CompletableFuture<Void>> futures, String what) throws InterruptedException {
        try {
            CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof SubscribeException refused
                    ? refused
                    : new SubscribeException(failed.toString());
        } catch (TimeoutException late) {
            throw new SubscribeException(
                    String.format(Locale.ROOT, "Waited %d s in vain for %s", LIMIT.toSeconds(), what));
        }
    }
}

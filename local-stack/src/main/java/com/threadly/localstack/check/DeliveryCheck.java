package com.threadly.localstack.check;

import com.threadly.localstack.subscribe.GatewayAuthorizer;
import com.threadly.localstack.subscribe.PusherEndpoint;
import com.threadly.localstack.subscribe.Subscribers;
import com.threadly.localstack.traffic.Emission;
import com.threadly.localstack.traffic.Mix;
import com.threadly.localstack.traffic.Pace;
import com.threadly.localstack.traffic.Shop;
import com.threadly.localstack.traffic.TrafficProducer;
import com.threadly.localstack.traffic.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Publishes a shop's events, listens to every channel that they concern, and reports whether each promise was kept. */
public final class DeliveryCheck {

    private static final int CONNECTIONS = 4;

    /** Creates the bearer token of a user who may listen to these conversations and orders. */
    @FunctionalInterface
    public interface Tokens {
        String token(String userId, Collection<String> conversations, Collection<String> orders);
    }

    private final TrafficProducer producer;
    private final PusherEndpoint pusher;
    private final URI gateway;
    private final Tokens tokens;
    private final Clock clock;

    public DeliveryCheck(TrafficProducer producer, PusherEndpoint pusher, URI gateway, Tokens tokens, Clock clock) {
        this.producer = producer;
        this.pusher = pusher;
        this.gateway = gateway;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * The traffic of a check: the first {@code events} of the shop that {@code world}, {@code mix} and {@code seed}
     * determine.
     *
     * @param pace called when all channels are subscribed to
     */
    public record Traffic(World world, Mix mix, long seed, int events, Supplier<Pace> pace) {

        private Stream<Emission<?>> by(Clock clock) {
            return Stream.<Emission<?>>generate(new Shop(world, mix, seed, clock)::next)
                    .limit(events);
        }
    }

    /**
     * Subscribes, publishes, and waits until everything is delivered or given up.
     *
     * @param progress called a few times per second
     */
    public Report run(Traffic traffic, CheckLimits limits, Consumer<CheckProgress> progress)
            throws InterruptedException {
        return run(traffic, limits, progress, DeliveryListener.NONE);
    }

    /** The same; {@code listener} sees each push. */
    public Report run(Traffic traffic, CheckLimits limits, Consumer<CheckProgress> progress, DeliveryListener listener)
            throws InterruptedException {
        // The clock affects times only, so a dry run finds the channels.
        Audience audience = Audience.of(traffic.by(clock).toList());
        BlockingQueue<Observation> observations = new LinkedBlockingQueue<>();
        try (HttpClient http = HttpClient.newHttpClient();
                Subscribers _ = Subscribers.open(
                        pusher,
                        new GatewayAuthorizer(gateway, user -> token(audience.rightsOf(user), user), http),
                        audience.subscriptions(),
                        CONNECTIONS,
                        push -> observations.add(new Observation.Arrived(push)),
                        clock)) {
            CompletableFuture<Void> publishing = publish(traffic, observations);
            return new Watch(observations, limits, clock, progress, listener).until(publishing);
        }
    }

    private CompletableFuture<Void> publish(Traffic traffic, BlockingQueue<Observation> observations) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofPlatform().name("check-traffic").daemon().start(() -> {
            try {
                producer.publishAll(
                        traffic.by(clock).iterator(),
                        traffic.pace().get(),
                        emission -> observations.add(new Observation.Published(emission, clock.instant())));
                done.complete(null);
            } catch (RuntimeException failed) {
                done.completeExceptionally(failed);
            }
        });
        return done;
    }

    private String token(Audience.Rights rights, String user) {
        return tokens.token(user, rights.conversations(), rights.orders());
    }
}

package com.threadly.localstack.demo;

import com.threadly.localstack.DevelopmentTokens;
import com.threadly.localstack.LocalStack;
import com.threadly.localstack.RunningStack;
import com.threadly.localstack.page.LivePage;
import com.threadly.localstack.page.PageConfig;
import com.threadly.localstack.page.PageStats;
import com.threadly.localstack.subscribe.PusherEndpoint;
import com.threadly.localstack.traffic.Emission;
import com.threadly.localstack.traffic.LiveScene;
import com.threadly.localstack.traffic.LiveStory;
import com.threadly.localstack.traffic.Mix;
import com.threadly.localstack.traffic.Pace;
import com.threadly.localstack.traffic.Person;
import com.threadly.localstack.traffic.Product;
import com.threadly.localstack.traffic.Shop;
import com.threadly.localstack.traffic.TrafficProducer;
import com.threadly.localstack.traffic.World;
import com.threadly.localstack.traffic.WorldSize;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** The live page, the story of its two people, and a busy marketplace around them, until the process is stopped. */
public final class LiveRun {

    private final LocalStack stack;
    private final RunningStack addresses;
    private final PrintStream out;
    private final Clock clock;
    private final LongAdder eventsIn = new LongAdder();
    private final CountDownLatch stop = new CountDownLatch(1);

    public LiveRun(LocalStack stack, RunningStack addresses, PrintStream out, Clock clock) {
        this.stack = stack;
        this.addresses = addresses;
        this.out = out;
        this.clock = clock;
    }

    /** Publishes {@code rate} events per second until the process ends; with 0, only the page's users do anything. */
    public void run(double rate, long seed) throws InterruptedException {
        World world = World.of(seed, WorldSize.STANDARD);
        try (TrafficProducer producer = addresses.producer()) {
            var services = new PublishingServices(
                    new LiveStory(world.scene(), new SplittableRandom(seed), clock), producer, eventsIn);
            begin(world.scene(), services);
            try (LivePage page = page(world.scene(), services)) {
                announce(page);
                stopAtExit();
                if (rate == 0) {
                    stop.await();
                } else {
                    enliven(world, services, producer, Pace.perSecond(rate), seed);
                }
            }
        }
    }

    private void enliven(World world, PublishingServices services, TrafficProducer producer, Pace pace, long seed) {
        try (SceneScript _ = SceneScript.play(world.scene(), services)) {
            Shop shop = new Shop(world, Mix.STANDARD, seed, clock);
            producer.publishAll(
                    Stream.<Emission<?>>generate(shop::next)
                            .takeWhile(_ -> stop.getCount() > 0)
                            .iterator(),
                    pace,
                    emission -> eventsIn.increment());
        }
    }

    /** The gateway knows whose conversation and order it is only after their first events. */
    private static void begin(LiveScene scene, PublishingServices services) {
        services.nextOrderStatus();
        services.message(scene.buyer().id(), "Hello!", null, null);
    }

    /** The traffic ends before the servers, so nothing fails for lack of them. */
    private void stopAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown, "stop-the-traffic"));
    }

    private LivePage page(LiveScene scene, PublishingServices services) {
        PusherEndpoint pusher = addresses.pusher();
        return LivePage.start(
                "127.0.0.1",
                stack.page().getPort(),
                new PageConfig(
                        pusher.key(),
                        pusher.host(),
                        pusher.port(),
                        stack.gateway(),
                        List.of(person(scene.buyer()), person(scene.seller())),
                        scene.conversation().id(),
                        scene.order().id(),
                        product(scene.product())),
                services,
                () -> new PageStats(eventsIn.sum(), stack.pusher().stats().eventsReceived()));
    }

    private static PageConfig.Product product(Product product) {
        return new PageConfig.Product(
                product.id(), product.title(), product.priceMinor(), Product.CURRENCY, product.channel());
    }

    private PageConfig.Person person(Person person) {
        var tokens = new DevelopmentTokens(addresses.developmentSecret(), clock);
        return new PageConfig.Person(
                person.id(), person.name(), tokens.token(person.id(), person.name(), List.of(), List.of()));
    }

    private void announce(LivePage page) {
        out.printf(Locale.ROOT, """

                  Threadly is running, for development only: open http://localhost:%d

                  In another terminal:
                    ./threadly tail global-announcements      see what a subscriber sees
                    ./threadly emit message-events < FILE     publish your own events
                    ./threadly worker message-fanout-worker   run one more worker
                  Ctrl-C stops everything.
                %n""", page.port());
        out.flush();
    }
}

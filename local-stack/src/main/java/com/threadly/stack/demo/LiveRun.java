package com.threadly.stack.demo;

import com.threadly.stack.DevelopmentTokens;
import com.threadly.stack.LocalStack;
import com.threadly.stack.RunningStack;
import com.threadly.stack.page.LivePage;
import com.threadly.stack.page.PageConfig;
import com.threadly.stack.page.PageStats;
import com.threadly.stack.subscribe.PusherEndpoint;
import com.threadly.stack.traffic.Emission;
import com.threadly.stack.traffic.LiveScene;
import com.threadly.stack.traffic.LiveStory;
import com.threadly.stack.traffic.Mix;
import com.threadly.stack.traffic.Pace;
import com.threadly.stack.traffic.Person;
import com.threadly.stack.traffic.Shop;
import com.threadly.stack.traffic.TrafficProducer;
import com.threadly.stack.traffic.World;
import com.threadly.stack.traffic.WorldSize;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** The live page, the story of its two people, and a marketplace at work around them, until the process is told to end. */
public final class LiveRun {

    private final LocalStack stack;
    private final RunningStack addresses;
    private final Path web;
    private final PrintStream out;
    private final Clock clock;
    private final LongAdder eventsIn = new LongAdder();
    private volatile boolean stopping;

    /** {@code web} is the folder of the page's own files. */
    public LiveRun(LocalStack stack, RunningStack addresses, Path web, PrintStream out, Clock clock) {
        this.stack = stack;
        this.addresses = addresses;
        this.web = web;
        this.out = out;
        this.clock = clock;
    }

    /** Publishes {@code rate} events a second until the process ends. */
    public void run(double rate, long seed) throws IOException, InterruptedException {
        World world = World.of(seed, WorldSize.STANDARD);
        try (TrafficProducer producer = addresses.producer()) {
            var services = new PublishingServices(
                    new LiveStory(world.scene(), new SplittableRandom(seed), clock), producer, eventsIn);
            begin(world.scene(), services);
            try (LivePage page = page(world.scene(), services);
                    SceneScript _ = SceneScript.play(world.scene(), services)) {
                announce(page);
                stopAtExit();
                Shop shop = new Shop(world, Mix.STANDARD, seed, clock);
                producer.publishAll(
                        Stream.<Emission<?>>generate(shop::next)
                                .takeWhile(_ -> !stopping)
                                .iterator(),
                        Pace.perSecond(rate),
                        emission -> eventsIn.increment());
            }
        }
    }

    /** Only once the two have dealt with each other does the gateway know whose conversation and order it is. */
    private static void begin(LiveScene scene, PublishingServices services) {
        services.nextOrderStatus();
        services.message(scene.buyer().id(), "Hello!", null);
    }

    /** The traffic ends before the servers that it goes to: nothing is sent into the void, and nothing complains. */
    private void stopAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopping = true, "stop-the-traffic"));
    }

    private LivePage page(LiveScene scene, PublishingServices services) throws IOException {
        PusherEndpoint pusher = addresses.pusher();
        return LivePage.start(
                "127.0.0.1",
                stack.page().getPort(),
                web,
                new PageConfig(
                        pusher.key(),
                        pusher.host(),
                        pusher.port(),
                        stack.gateway().resolve("/pusher/auth"),
                        List.of(person(scene.buyer()), person(scene.seller())),
                        scene.conversation().id(),
                        scene.order().id(),
                        scene.product().id(),
                        scene.product().title(),
                        scene.product().channel()),
                services,
                () -> new PageStats(eventsIn.sum(), stack.pusher().stats().eventsReceived()));
    }

    private PageConfig.Person person(Person person) {
        var tokens = new DevelopmentTokens(addresses.developmentSecret(), clock);
        return new PageConfig.Person(
                person.id(), person.name(), tokens.token(person.id(), person.name(), List.of(), List.of()));
    }

    private void announce(LivePage page) {
        out.printf("""

                  Threadly runs, for development only: open http://localhost:%d

                  In another terminal:
                    ./threadly tail global-announcements      what a subscriber sees
                    ./threadly emit message-events < FILE     events of your own
                    ./threadly worker message-fanout-worker   one more worker beside the first
                  Ctrl-C stops everything.
                %n""", page.port());
        out.flush();
    }
}

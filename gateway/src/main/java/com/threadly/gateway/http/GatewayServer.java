package com.threadly.gateway.http;

import com.threadly.common.admin.Health;
import com.threadly.common.worker.Service;
import com.threadly.gateway.limits.RateLimit;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server: one virtual thread a request. Stopping refuses new requests and finishes those in flight. */
public final class GatewayServer implements Service {

    /** More than the longest request takes, less than what a deployable is given to stop. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** Room for a long token. */
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    private static final Duration IDLE_LIMIT = Duration.ofSeconds(30);

    /** A body that trickles in slower than this is given up. */
    private static final long MIN_BYTES_A_SECOND = 512;

    private static final Logger log = LoggerFactory.getLogger(GatewayServer.class);

    private final Javalin app;
    private final CountDownLatch listening = new CountDownLatch(1);
    private final CountDownLatch stop = new CountDownLatch(1);

    public GatewayServer(
            HttpSettings settings, Health health, MeterRegistry metrics, RateLimit perAddress, List<Route> routes) {
        app = Javalin.create(config -> configure(config, settings, metrics, perAddress, routes));
        health.ready("http", () -> listening.getCount() == 0 ? Optional.empty() : Optional.of("does not listen yet"));
    }

    @Override
    public void run() throws InterruptedException {
        app.start();
        listening.countDown();
        log.atInfo().addKeyValue("http_port", app.port()).log("the gateway listens");
        try {
            stop.await();
        } finally {
            app.stop();
        }
    }

    @Override
    public void stop() {
        stop.countDown();
    }

    /** The port it listens on. Waits until it does. */
    public int port() throws InterruptedException {
        listening.await();
        return app.port();
    }

    private static void configure(
            JavalinConfig config,
            HttpSettings settings,
            MeterRegistry metrics,
            RateLimit perAddress,
            List<Route> routes) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.jetty.host = settings.host();
        config.jetty.port = settings.port();
        config.jetty.modifyServer(GatewayServer::withstand);
        config.jetty.modifyServer(server -> server.setErrorHandler(Problems::ofJetty));
        config.jetty.modifyHttpConfiguration(GatewayServer::limit);
        config.requestLogger.http(new AccessLog(metrics));

        var headers = new Headers(settings.allowedOrigins());
        config.appData(Addresses.KEY, new Addresses(settings.trustedProxies()));
        config.routes.before(headers::careful);
        config.routes.before(headers::crossOrigin);
        routes.stream()
                .filter(Route::limited)
                .map(Route::path)
                .distinct()
                .forEach(path -> config.routes.before(path, exchange -> count(perAddress, Addresses.of(exchange))));
        config.routes.addHttpHandler(HandlerType.OPTIONS, "/*", exchange -> exchange.status(204));
        Problems.register(config.routes);
        routes.forEach(route -> config.routes.addHttpHandler(route.method(), route.path(), route.handler()));
    }

    private static void count(RateLimit perAddress, String address) {
        Optional<Duration> wait = perAddress.count(address);
        if (wait.isPresent()) {
            throw new ProblemException(Problem.tooMany(wait.get()));
        }
    }

    private static void limit(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setIdleTimeout(IDLE_LIMIT.toMillis());
    }

    /** Stops that finish what is in flight, and bodies that never end. */
    private static void withstand(Server server) {
        server.setStopTimeout(STOP_LIMIT.toMillis());
        server.setHandler(new GracefulHandler(new MinimumDataRateHandler(MIN_BYTES_A_SECOND, 0)));
    }
}

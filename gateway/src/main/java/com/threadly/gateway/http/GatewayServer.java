package com.threadly.gateway.http;

import com.threadly.gateway.limits.RateLimit;
import com.threadly.runtime.Service;
import com.threadly.runtime.health.Health;
import com.threadly.runtime.http.Problem;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpCompliance.Violation;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server: one virtual thread per request. A stop refuses new requests and finishes those in flight. */
public final class GatewayServer implements Service {

    /** More than the longest request, less than a deployable's stop limit. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** Room for a long token. */
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    /**
     * Headers that ask Javalin for another method, which it would log, too, or for a WebSocket, which it would look for
     * before anything is counted, leaving a session behind.
     */
    private static final List<String> NOT_OBEYED = List.of("X-HTTP-Method-Override", "Sec-WebSocket-Version");

    private static final Duration IDLE_LIMIT = Duration.ofSeconds(30);

    /** A stalled body does not delay a stop. */
    private static final Duration MAX_ARRIVAL_WHEN_STOPPING = Duration.ofSeconds(2);

    /** How often late bodies and connections are checked. */
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(250);

    private static final Logger log = LoggerFactory.getLogger(GatewayServer.class);

    private final Javalin app;
    private final Duration maxArrival;
    private final BodyBudgets budgets;
    private final ConnectionLimits connections;
    private final CountDownLatch listening = new CountDownLatch(1);
    private final CountDownLatch stop = new CountDownLatch(1);

    public GatewayServer(
            HttpSettings settings, Health health, MeterRegistry metrics, RateLimit perAddress, List<Route> routes) {
        maxArrival = settings.bodyTimeout();
        budgets = BodyBudgets.ofHeap(metrics);
        app = Javalin.create(config -> configure(config, settings, budgets, metrics, perAddress, routes));
        connections = new ConnectionLimits(
                settings.maxConnections(),
                settings.bodyTimeout(),
                app.jettyServer().server(),
                System::nanoTime);
        health.ready("http", () -> listening.getCount() == 0 ? Optional.empty() : Optional.of("is not listening yet"));
    }

    @Override
    public void run() throws InterruptedException {
        app.start();
        listening.countDown();
        log.atInfo().addKeyValue("http_port", app.port()).log("the gateway is listening");
        try (var checks =
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory())) {
            var _ = checks.scheduleWithFixedDelay(
                    this::endWhatHangs, CHECK_INTERVAL.toMillis(), CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            try {
                stop.await();
            } finally {
                app.stop();
                checks.shutdownNow();
            }
        }
    }

    @Override
    public void stop() {
        stop.countDown();
    }

    private void endWhatHangs() {
        try {
            budgets.endLateBodies(stop.getCount() == 0 ? MAX_ARRIVAL_WHEN_STOPPING : maxArrival);
            connections.endLongWaits();
        } catch (RuntimeException e) {
            // Rethrowing it would end all further checks.
            log.atError().setCause(e).log("failed to close stalled connections");
        }
    }

    /** The port it listens on. Waits until it does. */
    public int port() throws InterruptedException {
        listening.await();
        return app.port();
    }

    private static void configure(
            JavalinConfig config,
            HttpSettings settings,
            BodyBudgets budgets,
            MeterRegistry metrics,
            RateLimit perAddress,
            List<Route> routes) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.jetty.host = settings.host();
        config.jetty.port = settings.port();
        config.jetty.modifyServer(GatewayServer::stopGracefully);
        config.jetty.modifyServer(server -> server.setErrorHandler(Problems::ofJetty));
        config.jetty.modifyHttpConfiguration(GatewayServer::limit);
        config.requestLogger.http(new AccessLog(metrics));

        var headers = new ResponseHeaders(settings.allowedOrigins());
        config.appData(BodyBudgets.KEY, budgets);
        config.appData(ClientAddresses.KEY, new ClientAddresses(settings.trustedProxies()));
        config.routes.before(headers::careful);
        config.routes.before(headers::crossOrigin);
        // Whether there is such a route or not.
        config.routes.before(exchange -> {
            if (routes.stream().noneMatch(route -> !route.limited() && route.is(exchange))) {
                count(perAddress, ClientAddresses.of(exchange));
            }
        });
        config.routes.before(QueryStrings::requireReadable);
        config.routes.addHttpHandler(HandlerType.OPTIONS, "/*", exchange -> exchange.status(204));
        Problems.register(config.routes);
        config.routes.after(Answers::write);
        routes.forEach(route -> config.routes.addHttpHandler(route.method(), route.path(), route.handler()));
        // Javalin would answer 200 without asking anyone; the server sends no body.
        routes.stream()
                .filter(route -> route.method().equals(HandlerType.GET))
                .forEach(route -> config.routes.addHttpHandler(HandlerType.HEAD, route.path(), route.handler()));
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
        http.addCustomizer(GatewayServer::asItIs);
        http.addCustomizer(GatewayServer::withoutOtherCodings);
        // A proxy in front may split requests elsewhere than at a bare line feed.
        http.setHttpCompliance(HttpCompliance.RFC9110.without(
                "RFC9110 without bare LF", Violation.LF_HEADER_TERMINATION, Violation.LF_CHUNK_TERMINATION));
    }

    /** Jetty would take the last coding off a body and pass on the others as content. */
    private static Request withoutOtherCodings(Request request, HttpFields.Mutable responseHeaders) {
        List<String> codings = request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING);
        if (!codings.isEmpty() && !codings.equals(List.of("chunked"))) {
            throw new HttpException.RuntimeException(HttpStatus.NOT_IMPLEMENTED_501, "only chunked is understood");
        }
        return request;
    }

    /** Without the headers that would make something else of it. */
    private static Request asItIs(Request request, HttpFields.Mutable responseHeaders) {
        if (NOT_OBEYED.stream().noneMatch(request.getHeaders()::contains)) {
            return request;
        }
        HttpFields.Mutable headers = HttpFields.build(request.getHeaders());
        NOT_OBEYED.forEach(headers::remove);
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }

    /** A stop finishes requests in flight. */
    private static void stopGracefully(Server server) {
        server.setStopTimeout(STOP_LIMIT.toMillis());
        server.setHandler(new GracefulHandler());
    }
}

package com.threadly.gateway.http;

import com.threadly.common.admin.Health;
import com.threadly.common.worker.Service;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server: one virtual thread a request. Stopping refuses new requests and finishes those in flight. */
public final class GatewayServer implements Service {

    /** More than the longest request takes, less than what a deployable is given to stop. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** A token with many conversations in it is long. */
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    private static final Logger log = LoggerFactory.getLogger(GatewayServer.class);

    private final Javalin app;
    private final CountDownLatch listening = new CountDownLatch(1);
    private final CountDownLatch stop = new CountDownLatch(1);

    public GatewayServer(HttpSettings settings, Health health, Consumer<RoutesConfig> routes) {
        app = Javalin.create(config -> configure(config, settings, routes));
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

    private static void configure(JavalinConfig config, HttpSettings settings, Consumer<RoutesConfig> routes) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.jetty.host = settings.host();
        config.jetty.port = settings.port();
        config.jetty.modifyServer(GatewayServer::stopGracefully);
        config.jetty.modifyServer(server -> server.setErrorHandler(Problems::ofJetty));
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(MAX_HEADER_BYTES);
        });

        var headers = new Headers(settings.allowedOrigins());
        config.routes.before(headers::careful);
        config.routes.before(headers::crossOrigin);
        config.routes.addHttpHandler(HandlerType.OPTIONS, "/*", exchange -> exchange.status(204));
        Problems.register(config.routes);
        routes.accept(config.routes);
    }

    private static void stopGracefully(Server server) {
        server.setStopTimeout(STOP_LIMIT.toMillis());
        server.setHandler(new GracefulHandler());
    }
}

package com.threadly.runtime.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.threadly.runtime.health.Health;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * {@code /health/live}, {@code /health/ready}, {@code /metrics} (Prometheus) and a deployable's own routes, on a port
 * of their own.
 */
public final class AdminServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** By default the JDK's server waits forever; it reads this limit once per process, in seconds. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "5",
            "sun.net.httpserver.maxRspTime", "60",
            "jdk.httpserver.maxConnections", "1000");

    private final HttpServer server;

    private AdminServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Opens the port and serves requests at once.
     *
     * @param routes additional handlers by path prefix
     * @throws UncheckedIOException when the address is in use or not local
     */
    public static AdminServer start(
            AdminSettings settings, Health health, PrometheusMeterRegistry metrics, Map<String, HttpHandler> routes) {
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    String.format(
                            Locale.ROOT,
                            "cannot open the admin port %s:%d; set ADMIN_PORT to a free one",
                            settings.host(),
                            settings.port()),
                    e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/health/live", only("/health/live", checks(health::liveness, Map::of)));
        server.createContext("/health/ready", only("/health/ready", checks(health::readiness, health::notes)));
        server.createContext(
                "/metrics",
                only(
                        "/metrics",
                        exchange ->
                                answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape())));
        routes.forEach(server::createContext);
        server.start();
        return new AdminServer(server);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** The JDK's server passes on every path that begins so. */
    private static HttpHandler only(String path, HttpHandler handler) {
        return exchange -> {
            if (exchange.getRequestURI().getPath().equals(path)) {
                handler.handle(exchange);
            } else {
                answer(exchange, 404, "text/plain; charset=utf-8", "not found\n");
            }
        };
    }

    private static HttpHandler checks(
            Supplier<Map<String, Optional<String>>> checks, Supplier<Map<String, Optional<String>>> notes) {
        return exchange -> {
            var results = checks.get();
            boolean well = results.values().stream().allMatch(Optional::isEmpty);
            answer(exchange, well ? 200 : 503, "application/json", json(well, results, notes.get()));
        };
    }

    private static String json(boolean well, Map<String, Optional<String>> results, Map<String, Optional<String>> notes)
            throws JsonProcessingException {
        var checks = new LinkedHashMap<String, String>();
        results.forEach((name, trouble) ->
                checks.put(name, trouble.orElseGet(() -> up(notes.getOrDefault(name, Optional.empty())))));
        return JSON.writeValueAsString(Map.of("status", well ? "UP" : "DOWN", "checks", checks));
    }

    private static String up(Optional<String> note) {
        return note.map(words -> "UP: " + words).orElse("UP");
    }

    private static void answer(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}

package com.threadly.runtime;

import com.sun.net.httpserver.HttpHandler;
import com.threadly.runtime.admin.AdminSettings;
import com.threadly.runtime.health.Health;
import com.threadly.runtime.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a deployable wires itself with. For the main thread only, unless a method says otherwise. */
public final class Context implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Context.class);

    private final String name;
    private final Settings settings;
    private final AdminSettings admin;
    private final Clock clock;
    private final Health health;
    private final MeterRegistry metrics;
    private final Consumer<Throwable> onFailure;
    private final Map<String, HttpHandler> routes = new HashMap<>();
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    Context(
            String name,
            Settings settings,
            AdminSettings admin,
            Clock clock,
            Health health,
            MeterRegistry metrics,
            Consumer<Throwable> onFailure) {
        this.name = name;
        this.settings = settings;
        this.admin = admin;
        this.clock = clock;
        this.health = health;
        this.metrics = metrics;
        this.onFailure = onFailure;
    }

    /** The deployable's name: its default consumer group, and part of its dead letter topics' names. */
    public String name() {
        return name;
    }

    public Settings settings() {
        return settings;
    }

    /** The admin port's settings. */
    public AdminSettings admin() {
        return admin;
    }

    /** Serves paths that begin with {@code path} on the admin port, on one virtual thread per request. */
    public void serve(String path, HttpHandler handler) {
        routes.put(path, handler);
    }

    Map<String, HttpHandler> routes() {
        return Map.copyOf(routes);
    }

    public Clock clock() {
        return clock;
    }

    public Health health() {
        return health;
    }

    public MeterRegistry metrics() {
        return metrics;
    }

    /**
     * Ends the process with exit code 1 after a bug that only a new process recovers from. Returns at once; callable on
     * any thread, repeatedly.
     */
    public void fail(Throwable cause) {
        onFailure.accept(cause);
    }

    /** Creates virtual threads whose unexpected end is a {@linkplain #fail failure}: nothing else does their work. */
    public ThreadFactory threads(String name) {
        return Thread.ofVirtual()
                .name(name)
                .uncaughtExceptionHandler((_, cause) -> fail(cause))
                .factory();
    }

    /** Closes {@code resource} when the service has ended, in reverse order of registration. */
    public <T extends AutoCloseable> T closing(T resource) {
        resources.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!resources.isEmpty()) {
            AutoCloseable resource = resources.pop();
            try {
                resource.close();
            } catch (Exception e) {
                log.atWarn()
                        .addKeyValue("resource", resource.getClass().getSimpleName())
                        .setCause(e)
                        .log("failed to close a resource");
            }
        }
    }
}

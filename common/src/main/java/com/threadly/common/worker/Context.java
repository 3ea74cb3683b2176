package com.threadly.common.worker;

import com.threadly.common.admin.Health;
import com.threadly.common.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a deployable is given to wire itself with. Used by the main thread only. */
public final class Context implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Context.class);

    private final String name;
    private final Settings settings;
    private final Clock clock;
    private final Health health;
    private final MeterRegistry metrics;
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    Context(String name, Settings settings, Clock clock, Health health, MeterRegistry metrics) {
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        this.health = health;
        this.metrics = metrics;
    }

    /** The deployable's name: its consumer group, and part of its dead letter topics' names. */
    public String name() {
        return name;
    }

    public Settings settings() {
        return settings;
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

    /** Closes {@code resource} when the service has ended, the last one first. */
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
                        .log("closing failed");
            }
        }
    }
}

package com.threadly.runtime.health;

import com.threadly.runtime.settings.Secrets;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Named checks. A check gives the trouble in words for an operator, or nothing when all is well. What it is ready for is a
 * metric, too.
 */
public final class Health implements MeterBinder {

    private final Map<String, Supplier<Optional<String>>> readiness = new ConcurrentHashMap<>();
    private final Map<String, Supplier<Optional<String>>> liveness = new ConcurrentHashMap<>();
    private final Map<String, Supplier<Optional<String>>> notes = new ConcurrentHashMap<>();

    /** The process should get traffic, or be counted as up, only while this finds no trouble. */
    public void ready(String name, Supplier<Optional<String>> trouble) {
        readiness.put(name, trouble);
    }

    /** As the other; while it finds no trouble, {@code note} may say something that an operator should know. */
    public void ready(String name, Supplier<Optional<String>> trouble, Supplier<Optional<String>> note) {
        ready(name, trouble);
        notes.put(name, note);
    }

    /** The process should be restarted when this finds trouble. */
    public void live(String name, Supplier<Optional<String>> trouble) {
        liveness.put(name, trouble);
    }

    /** To be called when all checks are named. */
    @Override
    public void bindTo(MeterRegistry metrics) {
        readiness.forEach((name, trouble) -> Gauge.builder(
                        "threadly.ready", () -> trouble.get().isEmpty() ? 1 : 0)
                .description("1 while the check finds no trouble")
                .tag("check", name)
                .register(metrics));
    }

    public Map<String, Optional<String>> readiness() {
        return results(readiness);
    }

    /** What to know about the checks, by their names. */
    public Map<String, Optional<String>> notes() {
        return results(notes);
    }

    public Map<String, Optional<String>> liveness() {
        return results(liveness);
    }

    private static Map<String, Optional<String>> results(Map<String, Supplier<Optional<String>>> checks) {
        var results = new TreeMap<String, Optional<String>>();
        checks.forEach((name, check) -> results.put(name, check.get().map(Secrets::masked)));
        return results;
    }
}

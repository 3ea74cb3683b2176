package com.threadly.runtime.health;

import com.threadly.runtime.settings.Secrets;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Named checks. A check returns a problem in words for an operator, or nothing. Readiness is a metric, too.
 */
public final class Health implements MeterBinder {

    private final Map<String, HealthCheck> readiness = new ConcurrentHashMap<>();
    private final Map<String, HealthCheck> liveness = new ConcurrentHashMap<>();
    private final Map<String, Supplier<Optional<String>>> notes = new ConcurrentHashMap<>();

    /** The process is ready only while this check finds no problem. */
    public void ready(String name, HealthCheck check) {
        readiness.put(name, check);
    }

    /**
     * As {@link #ready(String, HealthCheck)}; while the check passes, {@code note} may add information for an operator.
     */
    public void ready(String name, HealthCheck check, Supplier<Optional<String>> note) {
        ready(name, check);
        notes.put(name, note);
    }

    /** Restart the process when this check finds a problem. */
    public void live(String name, HealthCheck check) {
        liveness.put(name, check);
    }

    /** Call it after all checks are added. */
    @Override
    public void bindTo(MeterRegistry metrics) {
        readiness.forEach((name, check) -> Gauge.builder(
                        "threadly.ready", () -> check.trouble().isEmpty() ? 1 : 0)
                .description("1 while the readiness check passes, else 0")
                .tag("check", name)
                .register(metrics));
    }

    public Map<String, Optional<String>> readiness() {
        return results(readiness);
    }

    public Map<String, Optional<String>> liveness() {
        return results(liveness);
    }

    /** Notes of the checks, by name. */
    public Map<String, Optional<String>> notes() {
        return masked(notes, Supplier::get);
    }

    private static Map<String, Optional<String>> results(Map<String, HealthCheck> checks) {
        return masked(checks, HealthCheck::trouble);
    }

    private static <T> Map<String, Optional<String>> masked(Map<String, T> asked, Function<T, Optional<String>> ask) {
        var results = new TreeMap<String, Optional<String>>();
        asked.forEach((name, each) -> results.put(name, ask.apply(each).map(Secrets::masked)));
        return results;
    }
}

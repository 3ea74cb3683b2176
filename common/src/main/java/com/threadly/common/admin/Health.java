package com.threadly.common.admin;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Named checks. A check gives the trouble in words for an operator, or nothing when all is well. */
public final class Health {

    private final Map<String, Supplier<Optional<String>>> readiness = new ConcurrentHashMap<>();
    private final Map<String, Supplier<Optional<String>>> liveness = new ConcurrentHashMap<>();

    /** The process should get traffic, or be counted as up, only while this finds no trouble. */
    public void ready(String name, Supplier<Optional<String>> trouble) {
        readiness.put(name, trouble);
    }

    /** The process should be restarted when this finds trouble. */
    public void live(String name, Supplier<Optional<String>> trouble) {
        liveness.put(name, trouble);
    }

    Map<String, Optional<String>> readiness() {
        return results(readiness);
    }

    Map<String, Optional<String>> liveness() {
        return results(liveness);
    }

    private static Map<String, Optional<String>> results(Map<String, Supplier<Optional<String>>> checks) {
        var results = new TreeMap<String, Optional<String>>();
        checks.forEach((name, check) -> results.put(name, check.get()));
        return results;
    }
}

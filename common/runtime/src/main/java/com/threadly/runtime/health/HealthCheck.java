package com.threadly.runtime.health;

import java.util.Optional;

/** A health check. Called at any time, on any thread, so it answers at once from what it knows. */
@FunctionalInterface
public interface HealthCheck {

    /** The current problem, in words for an operator; empty when there is none. */
    Optional<String> trouble();
}

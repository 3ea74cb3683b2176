package com.threadly.runtime.health;

import java.util.Optional;

/** Something that can be in trouble. Asked at any time, on any thread, so it answers at once from what it knows. */
@FunctionalInterface
public interface HealthCheck {

    /** What is wrong at the moment, in words for an operator; empty when nothing is. */
    Optional<String> trouble();
}

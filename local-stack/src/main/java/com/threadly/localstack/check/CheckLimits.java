package com.threadly.localstack.check;

import java.time.Duration;

/**
 * How long a check waits.
 *
 * @param silence while something is missing, how long nothing may arrive
 * @param settle once nothing is missing, how long to wait for surplus pushes
 * @param total from its start, in any case
 */
public record CheckLimits(Duration silence, Duration settle, Duration total) {

    public static final CheckLimits STANDARD =
            new CheckLimits(Duration.ofSeconds(20), Duration.ofSeconds(2), Duration.ofMinutes(15));
}

package com.threadly.localstack.chaos;

import java.time.Instant;

/**
 * A disturbance as it happened.
 *
 * @param begun right before it began
 * @param effective when it had taken effect: a process that was to stop had ended
 * @param ended right before it ended
 * @param restored when what was disturbed was ready again
 */
record Incident(Disturbance what, Instant begun, Instant effective, Instant ended, Instant restored) {

    @Override
    public String toString() {
        return "%s: begun %s, effective %s, ended %s, restored %s".formatted(what, begun, effective, ended, restored);
    }
}

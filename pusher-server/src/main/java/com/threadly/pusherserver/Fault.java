package com.threadly.pusherserver;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with a request of the HTTP API.
 *
 * <p>A 2xx response with a complete body means that the events were delivered, any other outcome that they were not.
 * {@link DeliverThenFail} is the only exception.
 */
public sealed interface Fault {

    /** The response has this status, and {@code Retry-After} if one is given. */
    record Status(int status, @Nullable Duration retryAfter) implements Fault {}

    /** The request hangs until the faults are changed. */
    record Hang() implements Fault {}

    /** The response has this status and an HTML page as its body. */
    record NotJson(int status) implements Fault {}

    /** The response begins normally and breaks off with its connection. */
    record HalfAnswer() implements Fault {}

    /** The events are delivered, and then {@code then} happens. */
    record DeliverThenFail(Fault then) implements Fault {}
}

package com.threadly.pusherserver;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with a request of the HTTP API.
 *
 * <p>An answer with a 2xx status and a whole body means that the events were delivered, any other end of a request that they
 * were not. {@link DeliverThenFail} alone is different.
 */
public sealed interface Fault {

    /** The request is answered with this status, and with {@code Retry-After} if one is given. */
    record Status(int status, @Nullable Duration retryAfter) implements Fault {}

    /** The request is not answered until the faults are changed. */
    record Hang() implements Fault {}

    /** The answer has this status, and a body that is an HTML page. */
    record NotJson(int status) implements Fault {}

    /** The answer begins well and breaks off with its connection. */
    record HalfAnswer() implements Fault {}

    /** The events are delivered, and then {@code then} happens. */
    record DeliverThenFail(Fault then) implements Fault {}
}

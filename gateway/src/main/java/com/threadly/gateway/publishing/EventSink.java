package com.threadly.gateway.publishing;

import com.threadly.runtime.retry.UnavailableException;
import java.util.List;

/** Stores events durably. */
@FunctionalInterface
public interface EventSink {

    /**
     * Returns once every entry is stored, in this order per key. Called by many threads.
     *
     * @throws UnavailableException when some may not be stored: the caller must send all of them again
     */
    void append(List<OutgoingEvent<?>> entries) throws UnavailableException;
}

package com.threadly.gateway.publishing;

import com.threadly.runtime.retry.UnavailableException;
import java.util.List;

/** Takes events, durably. */
@FunctionalInterface
public interface EventSink {

    /**
     * Returns once every entry is stored, in this order for each key. Called by many threads.
     *
     * @throws UnavailableException when some may not be stored: the caller must offer all of them again
     */
    void append(List<OutgoingEvent<?>> entries) throws UnavailableException;
}

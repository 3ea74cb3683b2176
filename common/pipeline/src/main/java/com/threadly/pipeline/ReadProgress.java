package com.threadly.pipeline;

import com.threadly.runtime.retry.UnavailableException;

/** How far a topic has been read. */
public interface ReadProgress {

    /** Throws until all that was there at the start has been read. */
    void requireLoaded() throws UnavailableException;

    /** Throws until the record at {@code offset}, or a later one of {@code partition}, has been read. */
    void requireRead(int partition, long offset) throws UnavailableException;
}

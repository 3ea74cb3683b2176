package com.threadly.presence.viewers;

/** Receives channels' counts. */
public interface CountListener {

    /** The number present has changed, or a window with another number of users than the one before is closed. */
    void taken(CountTaken count);

    /** The channel has had no viewers since its count was published as zero: the count need not be kept. */
    void over(String channel, long at);
}

package com.threadly.presence.viewers;

/** Receives changes of channels' counts. */
public interface CountListener {

    /** The channel's count has changed. */
    void taken(CountTaken count);

    /** The channel has had no viewers since its count was published as zero: the count need not be kept. */
    void over(String channel);
}

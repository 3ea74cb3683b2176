package com.threadly.presence.viewers;

/** Who is told how many look at a channel. */
public interface CountListener {

    /** The channel's count is another one. */
    void taken(CountTaken count);

    /** Nobody has looked at the channel since it was told as zero: its count need not be kept. */
    void over(String channel);
}

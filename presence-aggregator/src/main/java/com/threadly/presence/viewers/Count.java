package com.threadly.presence.viewers;

/**
 * How many look at a channel.
 *
 * @param distinctUsers who was seen in the window, each user once
 * @param present who is a member now
 */
public record Count(long distinctUsers, long present) {

    static final Count NONE = new Count(0, 0);
}

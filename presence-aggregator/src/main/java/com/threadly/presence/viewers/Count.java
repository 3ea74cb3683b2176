package com.threadly.presence.viewers;

/**
 * The viewer count of a channel.
 *
 * @param distinctUsers users seen in the window, each once
 * @param present current members
 */
public record Count(long distinctUsers, long present) {

    static final Count NONE = new Count(0, 0);
}

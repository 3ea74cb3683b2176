package com.threadly.presence.signal;

/**
 * Something that a record of presence-events says.
 *
 * @param channel empty for {@link Signal#TICK}, {@link Signal#CLOCK} and {@link Signal#ERASED}
 * @param userId empty for what concerns no user
 * @param at when it happened, not after its record was appended; milliseconds since the epoch
 * @param source the partition that it comes from
 */
public record PresenceSignal(String channel, String userId, Signal sign, long at, int source) {

    /**
     * A heartbeat that comes sooner after a leave is from the page that was left. Who is really back joins, or sends
     * the next one.
     */
    public static final long ECHO_MILLIS = 30_000;

    /** That {@code userId} is erased, whenever that is read. */
    public static PresenceSignal erased(String userId) {
        return new PresenceSignal("", userId, Signal.ERASED, 0, 0);
    }

    /** That it was {@code at} when all earlier records of {@code source} had been read. */
    public static PresenceSignal clock(Signal sign, long at, int source) {
        return new PresenceSignal("", "", sign, at, source);
    }
}

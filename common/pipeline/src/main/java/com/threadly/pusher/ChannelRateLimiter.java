package com.threadly.pusher;

import java.util.HashMap;
import java.util.Map;

/**
 * Limits the events per second of each channel, with bursts of one second's worth: the generic cell rate algorithm,
 * which keeps one number per channel, only while needed. Not thread-safe: {@link ChannelQueues} guards it.
 */
public final class ChannelRateLimiter {

    private static final long SECOND = 1_000_000_000L;
    private static final int SWEEP_FROM = 1024;

    private final long intervalNanos;

    /** When each channel's events would have ended if spread evenly. */
    private final Map<String, Long> spentUntil = new HashMap<>();

    private int sweepAt = SWEEP_FROM;

    /** At most {@code eventsPerSecond} for each channel. */
    public ChannelRateLimiter(int eventsPerSecond) {
        this.intervalNanos = SECOND / eventsPerSecond;
    }

    /** Takes up to {@code wanted} of what {@code channel} may send now, and returns how many. */
    int take(String channel, int wanted, long now) {
        long spent = spent(channel, now);
        int taken = (int) Math.min(wanted, (SECOND - spent) / intervalNanos);
        if (taken > 0) {
            spentUntil.put(channel, now + spent + taken * intervalNanos);
            sweepWhenGrown(now);
        }
        return taken;
    }

    /** How long until {@code channel} may send {@code wanted}, at most a second's worth. */
    long nanosUntil(String channel, int wanted, long now) {
        long needed = Math.min(wanted * intervalNanos, SECOND);
        return Math.max(0, spent(channel, now) + needed - SECOND);
    }

    private long spent(String channel, long now) {
        Long until = spentUntil.get(channel);
        return until == null ? 0 : Math.max(0, until - now);
    }

    /** A channel with its full allowance needs no entry. */
    private void sweepWhenGrown(long now) {
        if (spentUntil.size() >= sweepAt) {
            spentUntil.values().removeIf(until -> until - now <= 0);
            sweepAt = Math.max(SWEEP_FROM, 2 * spentUntil.size());
        }
    }
}

package com.threadly.pusher;

/**
 * How many requests in flight get more done than fewer would. Of a server far away, as many as are allowed: each waits
 * for the network. Next door, a few keep it and this process busy, and all others only wait for each other: a channel,
 * which has one request at a time, then waits for them, too. While requests use up the limit, now and then fewer are
 * tried, and kept if they deliver as much; or more, and kept if they deliver more.
 *
 * <p>It compares what is delivered in time, not how long requests take: these vary on the way to a server far away
 * whatever their number is.
 *
 * <p>Not thread-safe: {@link ChannelQueues} guards it.
 */
final class UsefulInFlight {

    /** Fewer are not worth a trial. */
    static final int FEWEST = 8;

    private static final double FEWER = 0.7;
    /** Fewer are kept when they deliver this share of what was delivered before and after the trial. */
    private static final double AS_MUCH = 0.97;
    /** More are kept when this share of them pays: chance alone does not make up so much. */
    private static final double WORTH = 0.4;
    /** Less than this share of before is a change of which more in flight may make up for. */
    private static final double LESS = 0.8;
    /** Less than this share of before is another situation. */
    private static final double MUCH_LESS = 0.5;

    /** A window is at least so long, and four times what is in flight, if that takes no longer than the second time. */
    private static final long MIN_WINDOW_NANOS = 250_000_000;

    private static final long MAX_WINDOW_NANOS = 1_000_000_000;
    private static final int ROUNDS_IN_WINDOW = 4;

    /** Windows between two trials, at most: a trial with a server far away costs the share that is tried less. */
    private static final int MAX_REST = 64;

    private final int most;
    private int kept;
    /** Deliveries per nanosecond with {@link #kept}; 0 while unknown. */
    private double keptRate;

    private int tried;
    /** What fewer delivered, until it is known what {@link #kept} does after them; 0 at any other time. */
    private int fewer;

    private double fewerRate;
    private boolean moreNext;
    private int rest;
    private int windowsToRest;

    /** What was sent before the limit changed, and says nothing about it. */
    private int ofBefore;

    private long delivered;
    private long since;

    UsefulInFlight(int most) {
        this.most = most;
        reset();
    }

    int current() {
        return tried;
    }

    /** A request got through at {@code now}, in nanoseconds of any origin, while {@code inFlight} were, itself among them. */
    void delivered(int inFlight, long now) {
        if (most <= FEWEST) {
            return;
        }
        if (inFlight < tried) {
            // There was not enough to send: nothing follows from the rate.
            ofBefore = 1;
            return;
        }
        if (ofBefore > 0) {
            ofBefore--;
            delivered = 0;
            since = now;
            return;
        }
        delivered++;
        long elapsed = now - since;
        boolean enough = elapsed >= MIN_WINDOW_NANOS && delivered >= (long) ROUNDS_IN_WINDOW * tried;
        if (enough || elapsed >= MAX_WINDOW_NANOS) {
            int before = tried;
            judge((double) delivered / elapsed);
            ofBefore = tried == before ? 0 : before;
            delivered = 0;
            since = now;
        }
    }

    private void judge(double rate) {
        if (tried < kept) {
            fewer = tried;
            fewerRate = rate;
            tried = kept;
        } else if (fewer > 0) {
            // Of before and after, so that a rate that rises or falls for other reasons decides nothing.
            boolean asMuch = fewerRate >= AS_MUCH * (keptRate + rate) / 2;
            keep(asMuch, fewer, 0);
            fewer = 0;
        } else if (tried > kept) {
            keep(rate >= keptRate * (1 + WORTH * (tried - kept) / kept), tried, rate);
        } else {
            rest(rate);
        }
    }

    /** A trial has come to its end. One that succeeded is soon followed by the next of its kind. */
    private void keep(boolean success, int inFlight, double rate) {
        if (success) {
            kept = inFlight;
            keptRate = rate;
            rest = 0;
        } else {
            moreNext = !moreNext;
            rest = windowsToRest;
            windowsToRest = Math.min(MAX_REST, 2 * windowsToRest);
        }
        tried = kept;
        if (success && moreNext) {
            windowsToRest = 1;
            attempt(true);
        }
    }

    private void rest(double rate) {
        if (kept < most && rate < MUCH_LESS * keptRate) {
            reset();
        } else if (kept < most && rate < LESS * keptRate) {
            keptRate = rate;
            windowsToRest = 1;
            attempt(true);
        } else {
            keptRate = keptRate == 0 ? rate : (keptRate + rate) / 2;
            if (--rest <= 0) {
                attempt(moreNext);
            }
        }
    }

    /** Tries more or fewer, the other where there is no such number. */
    private void attempt(boolean more) {
        moreNext = kept == FEWEST || (more && kept < most);
        tried = moreNext ? Math.min(most, (int) Math.ceil(kept / FEWER)) : Math.max(FEWEST, (int) (kept * FEWER));
    }

    private void reset() {
        kept = most;
        tried = most;
        keptRate = 0;
        fewer = 0;
        moreNext = false;
        rest = 1;
        windowsToRest = 1;
    }
}

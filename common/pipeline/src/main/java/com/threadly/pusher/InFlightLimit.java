package com.threadly.pusher;

/**
 * How many requests may be in flight: as many as are allowed until Pusher refuses some of them as too many. From then on
 * additive increase, multiplicative decrease, with a slow start after an outage, as TCP does it. It grows only while it
 * is used up: more than is needed would all be tried at once some day.
 *
 * <p>Not thread-safe: {@link ChannelQueues} guards it.
 */
final class InFlightLimit {

    private final int most;
    private double limit;
    /** Below it, each delivery adds one, which doubles the limit with each round trip; above, a round trip adds one. */
    private double slowStartUntil;

    private int round;
    private int refusalsInARow;

    InFlightLimit(int most) {
        this.most = most;
        this.limit = most;
        this.slowStartUntil = most;
    }

    int current() {
        return (int) limit;
    }

    /** Changes with each decrease: what was sent in an earlier one says nothing about the limit of now. */
    int round() {
        return round;
    }

    /** A request got through while {@code inFlight} were, itself among them. */
    void delivered(int inFlight) {
        refusalsInARow = 0;
        if (limit < most && inFlight >= current()) {
            limit = Math.min(most, limit + (limit < slowStartUntil ? 1 : 1 / limit));
        }
    }

    /**
     * A request that was sent in {@code roundOfRequest} was one too many.
     *
     * @return how many in a row were
     */
    int refused(int roundOfRequest) {
        if (roundOfRequest == round) {
            decreaseTo(limit / 2);
            slowStartUntil = limit;
        }
        return ++refusalsInARow;
    }

    /** Nothing gets through: what comes first after it is one request. */
    void outage() {
        slowStartUntil = Math.max(1, limit / 2);
        decreaseTo(1);
    }

    private void decreaseTo(double less) {
        limit = Math.max(1, less);
        round++;
    }
}

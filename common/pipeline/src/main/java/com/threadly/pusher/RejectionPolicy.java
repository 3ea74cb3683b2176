package com.threadly.pusher;

/**
 * Whether an event that is rejected, alone in its request, is itself at fault. The app (disabled, quota exhausted), the
 * settings, or a proxy may reject everything: then the event waits, and nothing becomes a dead letter.
 *
 * <p>Thread-safe.
 */
final class RejectionPolicy {

    /** Up to this many consecutive rejections are believed; more look like a rejection of everything. */
    static final int MAX_REJECTIONS_IN_A_ROW = 5;

    /** A rejection not from Pusher itself must repeat this often, each time while others get through. */
    static final int MIN_REPETITIONS = 5;

    /** Others get through when at most one lone event in ten is rejected: one broken proxy of several rejects more. */
    private static final int MIN_DELIVERED_PER_REFUSED = 9;

    private long delivered;
    private long refused;
    private int rejectionsInARow;

    /** A request was delivered. */
    synchronized void delivered() {
        delivered++;
        rejectionsInARow = 0;
    }

    /** Interprets the rejection of a request with several events. */
    synchronized SendResult judge(SendResult.Rejected rejection) {
        return believesRejections() ? rejection : blocked(rejection);
    }

    /**
     * Decides about {@code pending}, which was alone in a request that Pusher rejected.
     *
     * @return the rejection when it is final, otherwise a reason to retry
     */
    synchronized SendResult judge(QueuedPush pending, SendResult.Rejected rejection) {
        if (believesRejections()) {
            rejectionsInARow++;
            return rejection;
        }
        return judge(pending, blocked(rejection));
    }

    /** The same for an event rejected by an unknown party. */
    synchronized SendResult judge(QueuedPush pending, SendResult.Blocked blocked) {
        Refusals before = pending.refusals();
        long deliveredSince = delivered - before.delivered();
        long refusedSince = refused - before.refused();
        refused++;
        int repetitions;
        if (before.equals(Refusals.NONE)) {
            repetitions = 0;
        } else if (deliveredSince == 0) {
            // Nothing is known about others; do not count this rejection as theirs.
            pending.setRefusals(new Refusals(before.repetitions(), before.delivered(), before.refused() + 1));
            return blocked;
        } else if (deliveredSince < MIN_DELIVERED_PER_REFUSED * refusedSince) {
            repetitions = 0;
        } else {
            repetitions = before.repetitions() + 1;
        }
        pending.setRefusals(new Refusals(repetitions, delivered, refused));
        return repetitions < MIN_REPETITIONS ? blocked : new SendResult.Rejected(blocked.status(), blocked.reason());
    }

    private boolean believesRejections() {
        return rejectionsInARow < MAX_REJECTIONS_IN_A_ROW;
    }

    private static SendResult.Blocked blocked(SendResult.Rejected rejection) {
        return new SendResult.Blocked(rejection.status(), rejection.reason());
    }

    /**
     * The rejections of one event.
     *
     * @param repetitions how often it was rejected again while others got through
     * @param delivered requests delivered by then
     * @param refused lone events rejected by then
     */
    record Refusals(int repetitions, long delivered, long refused) {
        static final Refusals NONE = new Refusals(0, 0, 0);
    }
}

package com.threadly.pusher;

/**
 * Whether an event that is refused, alone in its request, is itself to blame. The app (disabled, quota used up), the
 * settings, or something between us and Pusher may refuse everything: then the event waits, and nothing becomes a dead
 * letter.
 *
 * <p>Thread-safe.
 */
final class RejectionPolicy {

    /** So many rejections with nothing delivered between them are believed; from then on, they look like everyone's. */
    static final int MAX_REJECTIONS_IN_A_ROW = 5;

    /** What is not Pusher's own word must be heard so many times more, each time while others get through. */
    static final int MIN_REPETITIONS = 5;

    /** Others get through when at most one lone event in ten is refused: one broken proxy of several refuses more. */
    private static final int MIN_DELIVERED_PER_REFUSED = 9;

    private long delivered;
    private long refused;
    private int rejectionsInARow;

    /** A request was delivered. */
    synchronized void delivered() {
        delivered++;
        rejectionsInARow = 0;
    }

    /** What the rejection of a request with several events means. */
    synchronized SendResult judge(SendResult.Rejected rejection) {
        return believesRejections() ? rejection : blocked(rejection);
    }

    /**
     * What is to be done with {@code pending}, which was alone in a request that Pusher rejected.
     *
     * @return the rejection when it is final, otherwise a reason to try again
     */
    synchronized SendResult judge(QueuedPush pending, SendResult.Rejected rejection) {
        if (believesRejections()) {
            rejectionsInARow++;
            return rejection;
        }
        return judge(pending, blocked(rejection));
    }

    /** As the other, for an event that was refused by whom we do not know. */
    synchronized SendResult judge(QueuedPush pending, SendResult.Blocked blocked) {
        Refusals before = pending.refusals();
        long deliveredSince = delivered - before.delivered();
        long refusedSince = refused - before.refused();
        refused++;
        int repetitions;
        if (before.equals(Refusals.NONE)) {
            repetitions = 0;
        } else if (deliveredSince == 0) {
            // Nothing is known of others; only this refusal is its own.
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
     * How often one event was refused.
     *
     * @param repetitions how often it was refused again while others got through
     * @param delivered requests delivered by then
     * @param refused lone events refused by then
     */
    record Refusals(int repetitions, long delivered, long refused) {
        static final Refusals NONE = new Refusals(0, 0, 0);
    }
}

package com.threadly.localstack.check;

import com.threadly.localstack.check.Expected.Single;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pushes that must arrive once and in the order of their lane. */
final class Singles {

    private static final class OrderGroup {
        int promised;
        int furthest = -1;
    }

    private static final class Promise {
        final OrderGroup lane;
        final int ordinal;
        final Instant published;
        boolean kept;

        Promise(OrderGroup lane, Instant published) {
            this.lane = lane;
            this.ordinal = lane.promised++;
            this.published = published;
        }
    }

    private final Tally tally;
    private final Map<String, OrderGroup> lanes = new HashMap<>();
    private final Map<PushId, Promise> promises = new LinkedHashMap<>();
    private int missing;

    Singles(Tally tally) {
        this.tally = tally;
    }

    void expect(Single single, Instant published) {
        OrderGroup lane = lanes.computeIfAbsent(single.lane(), _ -> new OrderGroup());
        if (promises.putIfAbsent(single.id(), new Promise(lane, published)) == null) {
            missing++;
        }
    }

    void arrived(PushId id, Instant at) {
        Promise promise = promises.get(id);
        if (promise == null) {
            tally.unexpected(id.toString());
        } else if (promise.kept) {
            tally.duplicated(id.toString());
        } else {
            keep(promise, id, at);
        }
    }

    private void keep(Promise promise, PushId id, Instant at) {
        promise.kept = true;
        missing--;
        tally.delivered(promise.published, at);
        if (promise.ordinal < promise.lane.furthest) {
            tally.outOfOrder(id + " arrived after a later one");
        } else {
            promise.lane.furthest = promise.ordinal;
        }
    }

    int expected() {
        return promises.size();
    }

    int missing() {
        return missing;
    }

    Finding lost() {
        Finding lost = Finding.NONE;
        for (Map.Entry<PushId, Promise> promise : promises.entrySet()) {
            if (!promise.getValue().kept) {
                lost = lost.and(promise.getKey() + " published at " + promise.getValue().published);
            }
        }
        return lost;
    }
}

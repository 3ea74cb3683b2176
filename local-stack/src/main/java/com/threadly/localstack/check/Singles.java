package com.threadly.localstack.check;

import com.threadly.localstack.check.Expected.Single;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The pushes that must arrive once and in the order of their lane. */
final class Singles {

    private static final class OrderGroup {
        int promised;
        int furthest = -1;
    }

    private static final class Promise {
        final OrderGroup lane;
        final int ordinal;
        final UUID eventId;
        final Instant published;

        @Nullable
        Instant arrived;

        Promise(OrderGroup lane, UUID eventId, Instant published) {
            this.lane = lane;
            this.ordinal = lane.promised++;
            this.eventId = eventId;
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

    void expect(Single single, UUID eventId, Instant published) {
        OrderGroup lane = lanes.computeIfAbsent(single.lane(), _ -> new OrderGroup());
        if (promises.putIfAbsent(single.id(), new Promise(lane, eventId, published)) == null) {
            missing++;
        }
    }

    void arrived(PushId id, Instant at) {
        Promise promise = promises.get(id);
        if (promise == null) {
            tally.unexpected(id.toString());
            return;
        }
        Instant before = promise.arrived;
        if (before == null) {
            keep(promise, id, at);
        } else {
            tally.duplicated(new Repeat(id.toString(), id.event(), promise.eventId, promise.published, before, at));
        }
        promise.arrived = at;
    }

    private void keep(Promise promise, PushId id, Instant at) {
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
            if (promise.getValue().arrived == null) {
                lost = lost.and(promise.getKey() + " published at " + promise.getValue().published);
            }
        }
        return lost;
    }
}

package com.threadly.gateway.inbox;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a user has read.
 *
 * @param readAt read times by notification
 * @param upTo everything up to this time is read
 */
record Marks(Map<UUID, Instant> readAt, Optional<Instant> upTo) {

    static final Marks NONE = new Marks(Map.of(), Optional.empty());

    Marks {
        readAt = Map.copyOf(readAt);
    }

    static Marks of(List<UUID> ids, Instant readAt) {
        var marks = new HashMap<UUID, Instant>();
        ids.forEach(id -> marks.put(id, readAt));
        return new Marks(marks, Optional.empty());
    }

    static Marks allUpTo(Instant time) {
        return new Marks(Map.of(), Optional.of(time));
    }

    /** Of these notifications only. */
    Marks of(Set<UUID> ids) {
        var some = new HashMap<>(readAt);
        some.keySet().retainAll(ids);
        return new Marks(some, upTo);
    }

    boolean isEmpty() {
        return readAt.isEmpty() && upTo.isEmpty();
    }

    /** Both combined, with the later of two times. */
    Marks and(Marks other) {
        var all = new HashMap<>(readAt);
        other.readAt.forEach((id, time) -> all.merge(id, time, Marks::later));
        return new Marks(
                all,
                upTo.flatMap(time -> other.upTo.map(its -> later(time, its)))
                        .or(() -> upTo)
                        .or(() -> other.upTo));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}

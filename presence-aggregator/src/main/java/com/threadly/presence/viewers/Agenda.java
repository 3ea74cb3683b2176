package com.threadly.presence.viewers;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is to be done when, kept in the store so that a restart forgets nothing and nobody scans what is not due. */
final class Agenda {

    /** What waits for its time. */
    enum Kind {
        /** A channel is to be counted. */
        CHANNEL('C'),
        /** A member may be forgotten. */
        MEMBER('M');

        private final char prefix;

        Kind(char prefix) {
            this.prefix = prefix;
        }

        byte prefix() {
            return (byte) prefix;
        }
    }

    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> store;

    /**
     * No entry is earlier than this. What was done leaves deleted keys behind, and to walk over those each time would
     * cost more than the work itself.
     */
    private final Map<Kind, Long> emptyBefore = new EnumMap<>(Kind.class);

    Agenda(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    void add(Kind kind, long at, byte[] what) {
        store.put(Keys.due(kind, at, what), NOTHING);
        emptyBefore.computeIfPresent(kind, (_, before) -> Math.min(before, at));
    }

    void remove(Kind kind, long at, byte[] what) {
        store.delete(Keys.due(kind, at, what));
    }

    /** Takes out up to {@code limit} entries that are due at {@code now}, the earliest first. */
    List<byte[]> takeDue(Kind kind, long now, int limit) {
        var keys = new ArrayList<Bytes>();
        Bytes from = Keys.due(kind, emptyBefore.getOrDefault(kind, 0L), NOTHING);
        // Exclusive in effect: entries have more bytes than their time.
        Bytes to = Keys.due(kind, now + 1, NOTHING);
        try (KeyValueIterator<Bytes, byte[]> due = store.range(from, to)) {
            while (keys.size() < limit && due.hasNext()) {
                KeyValue<Bytes, byte[]> entry = due.next();
                keys.add(entry.key);
            }
        }
        keys.forEach(store::delete);
        if (keys.size() < limit) {
            emptyBefore.put(kind, now + 1);
        }
        return keys.stream().map(Keys::what).toList();
    }
}

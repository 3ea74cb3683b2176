package com.threadly.presence.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is to be done when, kept in the store so that a restart forgets nothing and nobody scans what is not due. */
public final class Agenda {

    /** The time of what is not to be done. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> store;
    private final char kind;

    /**
     * No entry is earlier than this. What was done leaves deleted keys behind, and to walk over those each time would
     * cost more than the work itself.
     */
    private long emptyBefore;

    /**
     * An agenda.
     *
     * @param kind of its keys in {@code store}
     */
    public Agenda(KeyValueStore<Bytes, byte[]> store, char kind) {
        this.store = store;
        this.kind = kind;
    }

    public void add(long at, byte[] what) {
        store.put(Keys.key(kind, Keys.time(at), what), NOTHING);
        emptyBefore = Math.min(emptyBefore, at);
    }

    /** Puts {@code what} off, or brings it forward; either time may be {@link #NEVER}. */
    public void move(long from, long to, byte[] what) {
        if (from == to) {
            return;
        }
        if (from != NEVER) {
            remove(Keys.key(kind, Keys.time(from), what));
        }
        if (to != NEVER) {
            add(to, what);
        }
    }

    /** Takes out up to {@code limit} entries that are due at {@code now}, the earliest first. */
    public List<byte[]> takeDue(long now, int limit) {
        var keys = new ArrayList<Bytes>();
        Bytes from = Keys.key(kind, Keys.time(emptyBefore));
        // Exclusive in effect: entries have more bytes than their time.
        Bytes to = Keys.key(kind, Keys.time(now + 1));
        try (KeyValueIterator<Bytes, byte[]> due = store.range(from, to)) {
            while (keys.size() < limit && due.hasNext()) {
                KeyValue<Bytes, byte[]> entry = due.next();
                keys.add(entry.key);
            }
        }
        keys.forEach(this::remove);
        if (keys.size() < limit) {
            emptyBefore = now + 1;
        }
        return keys.stream().map(Agenda::what).toList();
    }

    /** Deleting would read the old value first, which nobody needs. */
    private void remove(Bytes key) {
        store.put(key, null);
    }

    private static byte[] what(Bytes key) {
        return Arrays.copyOfRange(key.get(), 1 + Long.BYTES, key.get().length);
    }
}

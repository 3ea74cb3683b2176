package com.threadly.presence.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * An index of due times, kept in the store so that a restart loses nothing and only due entries are scanned.
 *
 * <p>Entries due within the same second share pages, so that an entry costs a share of a record, not a record in
 * RocksDB and in the changelog at each insert and removal. Entries are never cancelled: the receiver checks whether one
 * still applies.
 */
public final class DueIndex {

    /** The time of an entry that is never due. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int PAGE_BYTES = 1024;
    private static final int SLOT_MILLIS = 1000;
    private static final int OPEN_LIMIT = 64;
    private static final PackedTimes NO_ENTRIES = PackedTimes.empty(1);
    private static final int AT = 0;

    /** Entries of one time slot, each with its due time. */
    private record Page(int number, PackedTimes entries) {

        private Page with(byte[] what, long at) {
            Page roomy = entries.end() < PAGE_BYTES ? this : new Page(number + 1, NO_ENTRIES);
            return new Page(roomy.number, roomy.entries.with(what, at));
        }
    }

    private final KeyValueStore<Bytes, byte[]> store;
    private final char kind;

    /** The last page of each recently written slot. */
    private final Map<Long, Page> lastPages = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Page> eldest) {
            return size() > OPEN_LIMIT;
        }
    };

    /**
     * No entry is earlier than this. Processed entries leave deleted keys behind, and iterating over those each time
     * would cost more than the work itself.
     */
    private long emptyBefore;

    /**
     * An index.
     *
     * @param kind of its keys in {@code store}
     */
    public DueIndex(KeyValueStore<Bytes, byte[]> store, char kind) {
        this.store = store;
        this.kind = kind;
    }

    /**
     * Makes {@code what} due at {@code at}.
     *
     * @param what at most 255 bytes
     */
    public void add(long at, byte[] what) {
        long slot = slotOf(at);
        Page last = lastPages.get(slot);
        Page page = (last == null ? readLastPage(slot) : last).with(what, at);
        lastPages.put(slot, page);
        write(Keys.key(kind, Keys.time(slot), Keys.number(page.number())), page.entries());
        emptyBefore = Math.min(emptyBefore, at);
    }

    /** Makes {@code what} due at {@code to} as well, if that is another time; either may be {@link #NEVER}. */
    public void move(long from, long to, byte[] what) {
        if (to != from && to != NEVER) {
            add(to, what);
        }
    }

    /**
     * Removes and returns entries due at {@code now}, the earliest seconds first, until there are at least {@code
     * limit}.
     */
    public List<byte[]> takeDue(long now, int limit) {
        var due = new ArrayList<byte[]>();
        var pages = new ArrayList<KeyValue<Bytes, PackedTimes>>();
        try (var some = store.range(slotKey(slotOf(emptyBefore)), slotKey(slotOf(now) + SLOT_MILLIS))) {
            while (due.size() < limit && some.hasNext()) {
                KeyValue<Bytes, byte[]> page = some.next();
                PackedTimes entries = entries(page.value);
                for (int entry = 0; entry < entries.end(); entry = entries.next(entry)) {
                    if (entries.time(entry, AT) <= now) {
                        due.add(entries.name(entry));
                    }
                }
                pages.add(KeyValue.pair(page.key, entries));
            }
        }
        for (KeyValue<Bytes, PackedTimes> page : pages) {
            PackedTimes entries = page.value;
            PackedTimes rest = entries.where(entry -> entries.time(entry, AT) > now);
            if (!rest.equals(entries)) {
                write(page.key, rest);
            }
        }
        lastPages.keySet().removeIf(slot -> slot <= now);
        if (due.size() < limit) {
            emptyBefore = now + 1;
        }
        return due;
    }

    private Page readLastPage(long slot) {
        try (var last = store.reverseRange(slotKey(slot), slotKey(slot + SLOT_MILLIS))) {
            if (!last.hasNext()) {
                return new Page(0, NO_ENTRIES);
            }
            KeyValue<Bytes, byte[]> page = last.next();
            return new Page(Keys.lastNumber(page.key), entries(page.value));
        }
    }

    /** A delete would first read the old value, which is not needed. */
    private void write(Bytes key, PackedTimes entries) {
        store.put(key, entries.isEmpty() ? null : entries.toBytes());
    }

    private static PackedTimes entries(byte[] page) {
        return PackedTimes.readFrom(ByteBuffer.wrap(page), 1);
    }

    /** Sorts before all pages of the slot and after those of the previous one: page keys have more bytes. */
    private Bytes slotKey(long slot) {
        return Keys.key(kind, Keys.time(slot));
    }

    private static long slotOf(long at) {
        return at - Math.floorMod(at, SLOT_MILLIS);
    }
}

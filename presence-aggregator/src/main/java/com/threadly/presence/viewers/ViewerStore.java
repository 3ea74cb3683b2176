package com.threadly.presence.viewers;

import com.threadly.presence.store.Keys;
import com.threadly.presence.store.StoredBytes;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The durable form of the viewers of one partition: one record per viewer, one per channel of which something was
 * published, and the time up to which all of it holds. One store for all, distinguished by the first byte of the key: a
 * task then has one RocksDB and one changelog.
 */
final class ViewerStore {

    static final char VIEWER = 'M';
    static final char CHANNEL = 'C';
    static final Bytes CLOCK = Keys.key('K');

    private static final int PUBLISHED = 1;
    private static final int ASKED = 2;

    private final KeyValueStore<Bytes, byte[]> store;

    ViewerStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    void put(Viewer viewer) {
        ByteBuffer value = StoredBytes.allocate(3, 0);
        StoredBytes.putTime(value, viewer.joinedAt);
        StoredBytes.putTime(value, viewer.beatAt);
        StoredBytes.putTime(value, viewer.leftAt);
        store.put(key(viewer), StoredBytes.all(value));
    }

    static void read(Viewer viewer, ByteBuffer value) {
        viewer.joinedAt = StoredBytes.time(value);
        viewer.beatAt = StoredBytes.time(value);
        viewer.leftAt = StoredBytes.time(value);
    }

    void remove(Viewer viewer) {
        store.put(key(viewer), null);
    }

    private static Bytes key(Viewer viewer) {
        return Keys.key(VIEWER, Keys.ended(viewer.channel.name), Keys.utf8(viewer.userId));
    }

    /** What follows from the viewers is not written. */
    void put(Channel channel) {
        ByteBuffer value = StoredBytes.allocate(2, 2 + 2 * Integer.BYTES)
                .put((byte) ((channel.published ? PUBLISHED : 0) | (channel.asked ? ASKED : 0)))
                .put(channel.listeners.code())
                .putInt((int) channel.publishedPresent)
                .putInt((int) channel.publishedDistinct);
        StoredBytes.putTime(value, channel.publishedAt);
        StoredBytes.putTime(value, channel.listenersAt);
        store.put(Keys.key(CHANNEL, Keys.utf8(channel.name)), StoredBytes.all(value));
    }

    static void read(Channel channel, ByteBuffer value) {
        int flags = value.get();
        channel.published = (flags & PUBLISHED) != 0;
        channel.asked = (flags & ASKED) != 0;
        channel.listeners = Channel.Listeners.of(value.get());
        channel.publishedPresent = value.getInt();
        channel.publishedDistinct = value.getInt();
        channel.publishedAt = StoredBytes.time(value);
        channel.listenersAt = StoredBytes.time(value);
    }

    void remove(Channel channel) {
        store.put(Keys.key(CHANNEL, Keys.utf8(channel.name)), null);
    }

    void remove(Bytes key) {
        store.put(key, null);
    }

    void putClock(long now) {
        store.put(CLOCK, StoredBytes.putTime(StoredBytes.allocate(1, 0), now).array());
    }

    static long clock(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        byte[] value = store.get(CLOCK);
        ByteBuffer clock = value == null ? null : StoredBytes.read(value);
        return clock == null ? Viewer.NO_TIME : StoredBytes.time(clock);
    }

    /** All records, in the order of their keys. */
    KeyValueIterator<Bytes, byte[]> all() {
        return store.all();
    }

    /** The channel's viewers, in the order of their ids. */
    static KeyValueIterator<Bytes, byte[]> viewersOf(String channel, ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        return store.prefixScan(Keys.key(VIEWER, Keys.ended(channel)), new BytesSerializer());
    }
}

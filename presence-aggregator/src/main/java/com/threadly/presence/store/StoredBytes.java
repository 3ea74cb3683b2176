package com.threadly.presence.store;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The values of a store. The first byte is the version of their layout. Times take six bytes, enough for 8,900 years.
 */
public final class StoredBytes {

    /** To be raised when a layout changes; then read the former one, too. */
    private static final byte VERSION = 1;

    private static final int TIME_BYTES = 6;

    private StoredBytes() {}

    /** The size of a value with {@code times} times and {@code more} other bytes. */
    public static ByteBuffer allocate(int times, int more) {
        return ByteBuffer.allocate(1 + times * TIME_BYTES + more).put(VERSION);
    }

    /** What {@link #allocate} gave, once it has been filled. */
    public static byte[] all(ByteBuffer value) {
        return Utils.toArray(value.flip());
    }

    /** A value's content; null when its layout is another. */
    public static @Nullable ByteBuffer read(byte[] value) {
        ByteBuffer buffer = ByteBuffer.wrap(value);
        return buffer.hasRemaining() && buffer.get() == VERSION ? buffer : null;
    }

    public static ByteBuffer putTime(ByteBuffer buffer, long time) {
        return buffer.putShort((short) (time >> Integer.SIZE)).putInt((int) time);
    }

    public static long time(ByteBuffer buffer) {
        return (long) Short.toUnsignedInt(buffer.getShort()) << Integer.SIZE | Integer.toUnsignedLong(buffer.getInt());
    }
}

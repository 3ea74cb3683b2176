package com.threadly.presence.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Builds the keys of an ordered store: a kind, then names and times, so that each lookup is a single range. Channel
 * names and user ids have no zero byte, so one terminates them; times are not negative, so their big-endian form sorts.
 */
public final class Keys {

    private Keys() {}

    /**
     * A key.
     *
     * @param kind distinguishes the kinds of keys in one store
     */
    public static Bytes key(char kind, byte[]... parts) {
        int size = 1;
        for (byte[] part : parts) {
            size += part.length;
        }
        ByteBuffer key = ByteBuffer.allocate(size);
        key.put((byte) kind);
        for (byte[] part : parts) {
            key.put(part);
        }
        return Bytes.wrap(key.array());
    }

    public static char kind(Bytes key) {
        return (char) key.get()[0];
    }

    /** A name followed by more, with its terminating zero. */
    public static byte[] ended(String name) {
        byte[] text = utf8(name);
        return Arrays.copyOf(text, text.length + 1);
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] time(long at) {
        return ByteBuffer.allocate(Long.BYTES).putLong(at).array();
    }

    /** The name of {@code key}, which has only a name. */
    public static String name(Bytes key) {
        return text(key.get(), 1, key.get().length);
    }

    /** The name of {@code key} that ends with a zero. */
    public static String firstName(Bytes key) {
        return text(key.get(), 1, zero(key.get()));
    }

    /** The name of {@code key} after the first. */
    public static String secondName(Bytes key) {
        return text(key.get(), zero(key.get()) + 1, key.get().length);
    }

    /** The time of {@code key}, which begins with one. */
    public static long time(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(1);
    }

    /** The name of {@code key} after its time. */
    public static String nameAfterTime(Bytes key) {
        return text(key.get(), 1 + Long.BYTES, key.get().length);
    }

    private static int zero(byte[] key) {
        int zero = 1;
        while (key[zero] != 0) {
            zero++;
        }
        return zero;
    }

    private static String text(byte[] key, int from, int to) {
        return new String(key, from, to - from, StandardCharsets.UTF_8);
    }
}

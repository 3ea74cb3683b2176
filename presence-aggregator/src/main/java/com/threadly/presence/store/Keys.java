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

    public static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    /** The number at the end of {@code key}. */
    public static int lastNumber(Bytes key) {
        return ByteBuffer.wrap(key.get()).getInt(key.get().length - Integer.BYTES);
    }

    /** The name of {@code key}. */
    public static String onlyName(Bytes key) {
        return new String(key.get(), 1, key.get().length - 1, StandardCharsets.UTF_8);
    }
}

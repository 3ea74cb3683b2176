package com.threadly.presence.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * The parts that keys of an ordered store are made of: a kind, then names and times, so that each question is a single
 * range. Channel names and user ids have no zero byte, so one ends them; times are not negative, so their big-endian
 * form sorts.
 */
public final class Keys {

    private Keys() {}

    /**
     * A key.
     *
     * @param kind tells apart what lies in one store
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

    /** A name that more follows, with the zero that ends it. */
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

    /** The number that {@code key} ends with. */
    public static int lastNumber(Bytes key) {
        return ByteBuffer.wrap(key.get()).getInt(key.get().length - Integer.BYTES);
    }

    /** The name that {@code key} consists of. */
    public static String onlyName(Bytes key) {
        return new String(key.get(), 1, key.get().length - 1, StandardCharsets.UTF_8);
    }
}

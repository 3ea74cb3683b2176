package com.threadly.presence.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** Rows of a name and some times, in the layout of releases without a version in it. */
public final class FormerRows {

    private FormerRows() {}

    /** Reads the rest of {@code value}: rows of {@code width} times. */
    public static void read(ByteBuffer value, int width, BiConsumer<String, long[]> rows) {
        while (value.hasRemaining()) {
            byte[] name = new byte[Byte.toUnsignedInt(value.get())];
            value.get(name);
            long[] times = new long[width];
            for (int i = 0; i < width; i++) {
                times[i] = StoredBytes.time(value);
            }
            rows.accept(new String(name, StandardCharsets.UTF_8), times);
        }
    }
}

package com.threadly.presence.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Names, each with the same number of times, in their stored form: one byte array, so that reading or changing one row
 * creates no objects for the others. Immutable.
 *
 * <p>A row is identified by its offset: {@code for (int row = 0; row < rows.end(); row = rows.next(row))}. A name has
 * at most 255 bytes. Times are later than {@link #NO_TIME} and take six bytes, enough for 8,900 years.
 */
public final class PackedTimes {

    /** No time; earlier than all others. */
    public static final long NO_TIME = 0;

    private static final int NOWHERE = -1;
    private static final int TIME_BYTES = 6;

    private final byte[] bytes;
    private final int width;

    private PackedTimes(byte[] bytes, int width) {
        this.bytes = bytes;
        this.width = width;
    }

    /** No rows, of {@code width} times each. */
    public static PackedTimes empty(int width) {
        return new PackedTimes(new byte[0], width);
    }

    /** The rest of {@code buffer}, as written by {@link #writeTo}. */
    public static PackedTimes readFrom(ByteBuffer buffer, int width) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return new PackedTimes(bytes, width);
    }

    public void writeTo(ByteBuffer buffer) {
        buffer.put(bytes);
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The end of the last row; also the size in bytes. */
    public int end() {
        return bytes.length;
    }

    /** The row after {@code row}. */
    public int next(int row) {
        return timesOf(row) + width * TIME_BYTES;
    }

    public byte[] name(int row) {
        return Arrays.copyOfRange(bytes, row + 1, timesOf(row));
    }

    public long time(int row, int which) {
        long time = 0;
        int begin = timesOf(row) + which * TIME_BYTES;
        for (int i = begin; i < begin + TIME_BYTES; i++) {
            time = time << Byte.SIZE | Byte.toUnsignedLong(bytes[i]);
        }
        return time;
    }

    public int count() {
        int count = 0;
        for (int row = 0; row < end(); row = next(row)) {
            count++;
        }
        return count;
    }

    /** The row of {@code name}, or a negative number. */
    public int find(byte[] name) {
        for (int row = 0; row < end(); row = next(row)) {
            if (Arrays.equals(bytes, row + 1, timesOf(row), name, 0, name.length)) {
                return row;
            }
        }
        return NOWHERE;
    }

    /** With this row, which replaces one of the same name. */
    public PackedTimes with(byte[] name, long... times) {
        int row = find(name);
        byte[] with =
                row == NOWHERE ? Arrays.copyOf(bytes, end() + 1 + name.length + width * TIME_BYTES) : bytes.clone();
        int at = row == NOWHERE ? end() : row;
        with[at] = (byte) name.length;
        System.arraycopy(name, 0, with, at + 1, name.length);
        at += 1 + name.length;
        for (long time : times) {
            for (int shift = (TIME_BYTES - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
                with[at++] = (byte) (time >> shift);
            }
        }
        return new PackedTimes(with, width);
    }

    /** The rows whose offsets {@code wanted} accepts. */
    public PackedTimes where(IntPredicate wanted) {
        int row = 0;
        while (row < end() && wanted.test(row)) {
            row = next(row);
        }
        return row == end() ? this : someFrom(row, wanted);
    }

    /** All rows before {@code first}, and the wanted ones of the rest. */
    private PackedTimes someFrom(int first, IntPredicate wanted) {
        byte[] some = bytes.clone();
        int size = first;
        for (int row = first; row < end(); row = next(row)) {
            if (wanted.test(row)) {
                int length = next(row) - row;
                System.arraycopy(bytes, row, some, size, length);
                size += length;
            }
        }
        return new PackedTimes(Arrays.copyOf(some, size), width);
    }

    /** With the rows of {@code others}, which has other names. */
    public PackedTimes and(PackedTimes others) {
        byte[] both = Arrays.copyOf(bytes, end() + others.end());
        System.arraycopy(others.bytes, 0, both, end(), others.end());
        return new PackedTimes(both, width);
    }

    private int timesOf(int row) {
        return row + 1 + Byte.toUnsignedInt(bytes[row]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedTimes rows && width == rows.width && Arrays.equals(bytes, rows.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}

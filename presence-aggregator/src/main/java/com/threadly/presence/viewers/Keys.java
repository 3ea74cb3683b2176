package com.threadly.presence.viewers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * The keys of the one store, in an order that makes each question a single range. Channel names have no zero byte, so
 * one ends them; times are not negative, so their big-endian form sorts.
 */
final class Keys {

    private static final byte CHANNEL = 'c';
    private static final byte MEMBER = 'm';
    private static final byte PANE = 'p';
    private static final byte[] END = {0};

    private Keys() {}

    static Bytes channel(String channel) {
        return key(CHANNEL, utf8(channel));
    }

    static Bytes member(String channel, String userId) {
        return key(MEMBER, utf8(channel), END, utf8(userId));
    }

    static Bytes pane(String channel, long start) {
        return key(PANE, utf8(channel), END, time(start));
    }

    static long paneStart(Bytes pane) {
        return ByteBuffer.wrap(pane.get()).getLong(pane.get().length - Long.BYTES);
    }

    /** Something to do at a time. */
    static Bytes due(Agenda.Kind kind, long at, byte[] what) {
        return key(kind.prefix(), time(at), what);
    }

    static byte[] what(Bytes due) {
        return Arrays.copyOfRange(due.get(), 1 + Long.BYTES, due.get().length);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] time(long at) {
        return ByteBuffer.allocate(Long.BYTES).putLong(at).array();
    }

    private static Bytes key(byte kind, byte[]... parts) {
        ByteBuffer key = ByteBuffer.allocate(
                1 + Arrays.stream(parts).mapToInt(part -> part.length).sum());
        key.put(kind);
        for (byte[] part : parts) {
            key.put(part);
        }
        return Bytes.wrap(key.array());
    }
}

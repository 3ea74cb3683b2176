package com.threadly.presence.streams;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.signal.Signal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Signals in the repartition topic: time, kind, length of the channel's name, channel, user; of a clock, its source in
 * place of the user.
 */
final class PresenceSignalSerde {

    private static final int HEAD = Long.BYTES + 2 * Byte.BYTES;

    private PresenceSignalSerde() {}

    static Serde<PresenceSignal> create() {
        Serializer<PresenceSignal> serializer = (_, signal) -> bytes(signal);
        Deserializer<PresenceSignal> deserializer = (_, bytes) -> signal(bytes);
        return Serdes.serdeFrom(serializer, deserializer);
    }

    /** A channel's name has at most 164 bytes. Only a clock's source matters, and it has no user. */
    private static byte[] bytes(PresenceSignal signal) {
        byte[] channel = signal.channel().getBytes(StandardCharsets.UTF_8);
        byte[] userId = (signal.sign() == Signal.CLOCK ? Integer.toString(signal.source()) : signal.userId())
                .getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEAD + channel.length + userId.length)
                .putLong(signal.at())
                .put(signal.sign().code())
                .put((byte) channel.length)
                .put(channel)
                .put(userId)
                .array();
    }

    private static PresenceSignal signal(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long at = buffer.getLong();
        Signal sign = Signal.of(buffer.get());
        int length = Byte.toUnsignedInt(buffer.get());
        String channel = new String(bytes, HEAD, length, StandardCharsets.UTF_8);
        String userId = new String(bytes, HEAD + length, bytes.length - HEAD - length, StandardCharsets.UTF_8);
        return sign == Signal.CLOCK
                ? PresenceSignal.clock(sign, at, Integer.parseInt(userId))
                : new PresenceSignal(channel, userId, sign, at, NO_SOURCE);
    }

    private static final int NO_SOURCE = -1;
}

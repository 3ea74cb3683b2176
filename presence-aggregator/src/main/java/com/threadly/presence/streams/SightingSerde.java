package com.threadly.presence.streams;

import com.threadly.presence.sighting.Sighting;
import com.threadly.presence.sighting.Sign;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** Sightings between two partitions: time, sign, length of the channel's name, channel, user. */
final class SightingSerde {

    private static final int HEAD = Long.BYTES + 2 * Byte.BYTES;

    private SightingSerde() {}

    static Serde<Sighting> create() {
        Serializer<Sighting> serializer = (_, sighting) -> bytes(sighting);
        Deserializer<Sighting> deserializer = (_, bytes) -> sighting(bytes);
        return Serdes.serdeFrom(serializer, deserializer);
    }

    /** A channel's name has at most 164 bytes. */
    private static byte[] bytes(Sighting sighting) {
        byte[] channel = sighting.channel().getBytes(StandardCharsets.UTF_8);
        byte[] userId = sighting.userId().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEAD + channel.length + userId.length)
                .putLong(sighting.at())
                .put(sighting.sign().code())
                .put((byte) channel.length)
                .put(channel)
                .put(userId)
                .array();
    }

    private static Sighting sighting(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long at = buffer.getLong();
        Sign sign = Sign.of(buffer.get());
        int length = Byte.toUnsignedInt(buffer.get());
        return new Sighting(
                new String(bytes, HEAD, length, StandardCharsets.UTF_8),
                new String(bytes, HEAD + length, bytes.length - HEAD - length, StandardCharsets.UTF_8),
                sign,
                at);
    }
}

package com.threadly.presence.viewers;

import com.threadly.presence.store.FormerRows;
import com.threadly.presence.store.Keys;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;

/**
 * Reads what releases without a version in their layout have stored: a channel with its first bucket of viewers, and
 * further buckets. Their index of due times is not needed any more.
 */
final class FormerViewers {

    private static final char CHANNEL = 'c';
    private static final char BUCKET = 'g';
    private static final char DUE = 'D';

    private static final int COUNTS = 2 * Integer.BYTES;
    private static final int PANE_BYTES = Long.BYTES + Integer.BYTES;

    private FormerViewers() {}

    static boolean isOne(char kind) {
        return kind == CHANNEL || kind == BUCKET || kind == DUE;
    }

    static void read(
            Bytes key, byte[] bytes, Function<String, Channel> channels, BiFunction<Channel, String, Viewer> viewers) {
        ByteBuffer value = ByteBuffer.wrap(bytes);
        switch (Keys.kind(key)) {
            case CHANNEL -> {
                Channel channel = channels.apply(Keys.name(key));
                value.position(COUNTS);
                channel.publishedDistinct = value.getLong();
                channel.publishedPresent = value.getLong();
                channel.publishedAt = value.getLong();
                channel.published = channel.publishedAt != Viewer.NO_TIME;
                var _ = value.getInt();
                int panes = value.getShort();
                value.position(value.position() + panes * PANE_BYTES);
                readBucket(value, channel, viewers);
            }
            case BUCKET -> readBucket(value, channels.apply(Keys.firstName(key)), viewers);
            default -> {}
        }
    }

    private static void readBucket(ByteBuffer value, Channel channel, BiFunction<Channel, String, Viewer> viewers) {
        var _ = value.getLong();
        FormerRows.read(value, 2, (userId, times) -> {
            Viewer viewer = viewers.apply(channel, userId);
            viewer.joinedAt = times[0];
            // At a tie, the user was present.
            viewer.leftAt = times[1] == times[0] ? times[1] - 1 : times[1];
        });
    }
}

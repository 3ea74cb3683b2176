package com.threadly.pusher;

import com.threadly.events.ChannelNames;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event for the subscribers of one channel.
 *
 * @param channel a valid channel name; {@link ChannelNames} makes them
 * @param name the event's name, at most 200 characters
 * @param data the payload as JSON, at most {@link #MAX_DATA_BYTES} in UTF-8
 * @param socketId the connection to exclude, or null
 * @param expiresAt when it becomes worthless and is dropped instead of pushed, or null for never
 * @param supersedes a key: it replaces a queued event of its channel with the same key that does not last longer; null
 *     for none
 */
public record PushEvent(
        String channel,
        String name,
        String data,
        @Nullable String socketId,
        @Nullable Instant expiresAt,
        @Nullable String supersedes) {

    /** Pusher's limit for the data of an event, in bytes: 10 KiB. */
    public static final int MAX_DATA_BYTES = 10 * 1024;

    /** What remains of that for encrypted data: 16 bytes more, in Base64, with a nonce in a JSON object. */
    public static final int MAX_ENCRYPTED_DATA_BYTES = 7_600;

    public PushEvent(String channel, String name, String data) {
        this(channel, name, data, null, null, null);
    }

    public PushEvent exceptTo(@Nullable String socketId) {
        return new PushEvent(channel, name, data, socketId, expiresAt, supersedes);
    }

    public PushEvent until(Instant expiresAt) {
        return new PushEvent(channel, name, data, socketId, expiresAt, supersedes);
    }

    /** Until then, unless it ends before. */
    public PushEvent untilAtMost(Instant end) {
        return expiresAt != null && expiresAt.isBefore(end) ? this : until(end);
    }

    public PushEvent superseding(String key) {
        return new PushEvent(channel, name, data, socketId, expiresAt, key);
    }

    /** Whether it is worth something for as long as {@code other}. */
    boolean lastsAsLongAs(PushEvent other) {
        return expiresAt == null || (other.expiresAt != null && !expiresAt.isBefore(other.expiresAt));
    }

    boolean isStaleAt(Instant now) {
        return expiresAt != null && now.isAfter(expiresAt);
    }
}

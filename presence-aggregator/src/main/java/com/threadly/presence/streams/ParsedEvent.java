package com.threadly.presence.streams;

import com.threadly.events.ChannelNames;
import com.threadly.events.EventTimes;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.PresenceChanged;
import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The content of a record of presence-events. */
sealed interface ParsedEvent {

    /** Something to count. */
    record Signalled(PresenceSignal signal) implements ParsedEvent {}

    /** Only time has passed. */
    record Tick() implements ParsedEvent {}

    /** Nothing to do, by rule. */
    record Skipped(String reason) implements ParsedEvent {}

    /** An older heartbeat was published again, and says nothing of now. */
    Duration MAX_BEAT_AGE = Duration.ofHours(1);

    /**
     * Reads one record.
     *
     * @param recordTime when it was appended
     * @param source its partition
     * @throws InvalidFieldException when a field has an unusable value
     */
    static ParsedEvent of(@Nullable String key, @Nullable PresenceChanged event, Instant recordTime, int source) {
        if (event == null) {
            return key == null ? new Tick() : new Skipped("tombstone");
        }
        if (key == null || key.isEmpty()) {
            return new Skipped("empty_key");
        }
        EventTimes.settle(event, recordTime);
        String channel = ChannelNames.checked("channel", event.getChannel());
        if (!channel.equals(key)) {
            // Another key may be on another partition, where the channel would be counted again.
            throw new InvalidFieldException("channel", "differs from the record's key");
        }
        return switch (event.getChange()) {
            case JOINED -> ofUser(event, Signal.JOINED, recordTime, source);
            case SEEN -> ofUser(event, Signal.SEEN, recordTime, source);
            case AWAY -> ofUser(event, Signal.AWAY, recordTime, source);
            case LEFT -> ofUser(event, Signal.LEFT, recordTime, source);
            case OCCUPIED -> new Signalled(signal(event, Signal.OCCUPIED, earlier(event, recordTime), source));
            case VACATED -> new Signalled(signal(event, Signal.VACATED, earlier(event, recordTime), source));
            case UNKNOWN -> new Skipped("unknown_change");
        };
    }

    private static ParsedEvent ofUser(PresenceChanged event, Signal sign, Instant recordTime, int source) {
        // A user has their own presence channel; an id that is invalid there is invalid here, too.
        var _ = ChannelNames.userPresence(event.getUserId());
        if (!sign.isHeartbeat()) {
            return new Signalled(signal(event, sign, earlier(event, recordTime), source));
        }
        // A heartbeat is of now: that needs no clock but the broker's.
        return event.getOccurredAt().isBefore(recordTime.minus(MAX_BEAT_AGE))
                ? new Skipped("stale")
                : new Signalled(signal(event, sign, recordTime, source));
    }

    private static Instant earlier(PresenceChanged event, Instant recordTime) {
        return event.getOccurredAt().isBefore(recordTime) ? event.getOccurredAt() : recordTime;
    }

    private static PresenceSignal signal(PresenceChanged event, Signal sign, Instant at, int source) {
        return new PresenceSignal(event.getChannel(), event.getUserId(), sign, at.toEpochMilli(), source);
    }
}

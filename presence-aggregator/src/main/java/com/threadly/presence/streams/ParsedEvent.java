package com.threadly.presence.streams;

import com.threadly.events.ChannelNames;
import com.threadly.events.EventTimes;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.PresenceChanged;
import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.signal.Signal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The content of a record of presence-events. */
sealed interface ParsedEvent {

    /** A user was on a channel or left it. */
    record Seen(PresenceSignal signal) implements ParsedEvent {}

    /** Nothing to do, by rule. */
    record Skipped(String reason) implements ParsedEvent {}

    /**
     * Reads one record.
     *
     * @param recordTime when it was published
     * @throws InvalidFieldException when a field has an unusable value
     */
    static ParsedEvent of(@Nullable String key, @Nullable PresenceChanged event, Instant recordTime) {
        if (event == null) {
            return new Skipped("tombstone");
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
        // A user has their own presence channel; an id that is invalid there is invalid here, too.
        var _ = ChannelNames.userPresence(event.getUserId());
        return switch (event.getChange()) {
            case JOINED -> seen(event, Signal.JOINED);
            case SEEN -> seen(event, Signal.SEEN);
            case AWAY -> seen(event, Signal.AWAY);
            case LEFT -> seen(event, Signal.LEFT);
            case UNKNOWN -> new Skipped("unknown_change");
        };
    }

    private static ParsedEvent seen(PresenceChanged event, Signal sign) {
        return new Seen(new PresenceSignal(
                event.getChannel(),
                event.getUserId(),
                sign,
                event.getOccurredAt().toEpochMilli()));
    }
}

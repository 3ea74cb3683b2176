package com.threadly.presence.streams;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.PresenceChanged;
import com.threadly.presence.sighting.Sighting;
import com.threadly.presence.sighting.Sign;
import org.jspecify.annotations.Nullable;

/** What a record of presence-events says. */
sealed interface Reading {

    /** It says who was where. */
    record Seen(Sighting sighting) implements Reading {}

    /** Nothing to do, by rule. */
    record Skipped(String reason) implements Reading {}

    /**
     * Reads one record.
     *
     * @throws InvalidFieldException when a field has a value that nothing can be done with
     */
    static Reading of(@Nullable String key, @Nullable PresenceChanged event) {
        if (event == null) {
            return new Skipped("tombstone");
        }
        if (key == null || key.isEmpty()) {
            return new Skipped("empty_key");
        }
        String channel = ChannelNames.checked("channel", event.getChannel());
        if (!channel.equals(key)) {
            // Another key may be on another partition, where the channel would be counted a second time.
            throw new InvalidFieldException("channel", "differs from the record's key");
        }
        // Whoever is here has a channel that says so; an id that could not have one is wrong here, too.
        var _ = ChannelNames.userPresence(event.getUserId());
        return switch (event.getChange()) {
            case JOINED, SEEN -> seen(event, Sign.ACTIVE);
            case AWAY -> seen(event, Sign.AWAY);
            case LEFT -> seen(event, Sign.LEFT);
            case UNKNOWN -> new Skipped("unknown_change");
        };
    }

    private static Reading seen(PresenceChanged event, Sign sign) {
        return new Seen(new Sighting(
                event.getChannel(),
                event.getUserId(),
                sign,
                event.getOccurredAt().toEpochMilli()));
    }
}

package com.threadly.presence.streams;

import com.threadly.common.push.Channels;
import com.threadly.common.push.InvalidFieldException;
import com.threadly.events.PresenceChanged;
import com.threadly.presence.viewers.Sighting;
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
        String channel = Channels.checked("channel", event.getChannel());
        if (!channel.equals(key)) {
            // Another key may be on another partition, where the channel would be counted a second time.
            throw new InvalidFieldException("channel", "differs from the record's key");
        }
        if (event.getUserId().isEmpty()) {
            throw new InvalidFieldException("userId", "is empty");
        }
        if (!isCounted(channel)) {
            return new Skipped("uncounted_channel");
        }
        return switch (event.getChange()) {
            // Someone idle has the page open all the same.
            case JOINED, SEEN, AWAY -> sighting(event, true);
            case LEFT -> sighting(event, false);
            case UNKNOWN -> new Skipped("unknown_change");
        };
    }

    private static boolean isCounted(String channel) {
        return channel.startsWith(Channels.PRODUCT_PREFIX)
                || channel.startsWith(Channels.CATEGORY_PREFIX)
                || channel.startsWith(Channels.SEARCH_PREFIX);
    }

    private static Reading sighting(PresenceChanged event, boolean here) {
        return new Seen(new Sighting(
                event.getChannel(),
                event.getUserId(),
                here,
                event.getOccurredAt().toEpochMilli()));
    }
}

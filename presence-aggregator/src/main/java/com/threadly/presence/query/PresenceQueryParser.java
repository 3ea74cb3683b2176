package com.threadly.presence.query;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.presence.viewers.ViewerTimings;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses queries: {@code /presence/channels/{channel}?limit=100} and {@code /presence/users/{userId}}.
 */
record PresenceQueryParser(ViewerTimings times) {

    private static final String CHANNELS = "/presence/channels/";
    static final String USERS = "/presence/users/";
    private static final String LIMIT = "limit=";
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    /** The query, or empty when the path is none. */
    Optional<PresenceQuery> of(URI address) {
        String path = address.getPath();
        if (path.startsWith(CHANNELS)) {
            String channel = ChannelNames.checked("channel", path.substring(CHANNELS.length()));
            return ChannelNames.isCounted(channel)
                    ? Optional.of(new PresenceQuery.OfChannel(channel, limit(address.getQuery()), times))
                    : Optional.empty();
        }
        if (path.startsWith(USERS)) {
            String userId = path.substring(USERS.length());
            var _ = ChannelNames.userPresence(userId);
            return Optional.of(new PresenceQuery.OfUser(userId));
        }
        return Optional.empty();
    }

    private static int limit(@Nullable String query) {
        return Arrays.stream(query == null ? new String[0] : query.split("&"))
                .filter(parameter -> parameter.startsWith(LIMIT))
                .map(parameter -> parameter.substring(LIMIT.length()))
                .findFirst()
                .map(PresenceQueryParser::limitOf)
                .orElse(DEFAULT_LIMIT);
    }

    private static int limitOf(String text) {
        if (text.matches("\\d{1,4}") && Integer.parseInt(text) <= MAX_LIMIT) {
            return Integer.parseInt(text);
        }
        throw new InvalidFieldException(
                "limit", String.format(Locale.ROOT, "is not a whole number from 0 to %d", MAX_LIMIT));
    }
}

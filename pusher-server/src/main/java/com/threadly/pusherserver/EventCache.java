package com.threadly.pusherserver;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The last event of each cache channel, for whoever subscribes later, whether or not anyone is there meanwhile. */
final class EventCache {

    /** As long as Pusher does. */
    static final Duration LIFE = Duration.ofMinutes(30);

    private static final int LIMIT = 100_000;
    private static final Set<String> PREFIXES =
            Set.of("cache-", "private-cache-", "private-encrypted-cache-", "presence-cache-");

    private record Cached(String frame, Instant at) {}

    private final Clock clock;

    /** Guarded by itself. */
    private final Map<String, Cached> byChannel = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Cached> eldest) {
            return size() > LIMIT;
        }
    };

    EventCache(Clock clock) {
        this.clock = clock;
    }

    static boolean covers(String channel) {
        return PREFIXES.stream().anyMatch(channel::startsWith);
    }

    void put(String channel, String frame) {
        synchronized (byChannel) {
            byChannel.put(channel, new Cached(frame, clock.instant()));
        }
    }

    /** The frame of the channel's last event. */
    Optional<String> last(String channel) {
        synchronized (byChannel) {
            return Optional.ofNullable(byChannel.get(channel))
                    .filter(cached -> cached.at().plus(LIFE).isAfter(clock.instant()))
                    .map(Cached::frame);
        }
    }
}

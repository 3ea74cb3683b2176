package com.threadly.presence.push;

import com.threadly.events.PresenceCount;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What people were shown last, so that they are not told the same again when only the distinct users have changed.
 *
 * <p>A memory for calm, not for truth: after {@code life} the same count is told again, which heals what a rebalance or
 * a push dropped as stale left behind. What does not fit is forgotten, which costs a repeat.
 */
final class LastPushedCounts {

    private static final int LIMIT = 50_000;

    private record Shown(long count, Instant at) {}

    private final Duration life;

    /** Guarded by itself: partitions are handled side by side. */
    private final Map<String, Shown> published = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Shown> eldest) {
            return size() > LIMIT;
        }
    };

    LastPushedCounts(Duration life) {
        this.life = life;
    }

    /** Whether {@code count} says something new; from then on it is what was shown. */
    boolean isNews(PresenceCount count) {
        Instant at = count.getOccurredAt();
        // Zero is told once: that the last viewers leave the window too, up to its length and a tick later, is no news.
        Duration calm = count.getPresent() == 0 ? life.multipliedBy(2) : life;
        synchronized (published) {
            Shown last = published.get(count.getChannel());
            // One that is not later than the last comes again because its push was given up: it is due again, too.
            boolean alreadyPushed = last != null
                    && last.count() == count.getPresent()
                    && at.isAfter(last.at())
                    && at.isBefore(last.at().plus(calm));
            if (!alreadyPushed) {
                published.put(count.getChannel(), new Shown(count.getPresent(), at));
            }
            return !alreadyPushed;
        }
    }
}

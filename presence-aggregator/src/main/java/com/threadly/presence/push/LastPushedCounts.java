package com.threadly.presence.push;

import com.threadly.events.PresenceCount;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The counts pushed last, so that a count is not pushed again when only the distinct users have changed.
 *
 * <p>Only reduces pushes: after {@code life} the same count is pushed again, which corrects the effects of a rebalance
 * or of a push dropped as stale. Evicted entries cost one repeated push.
 */
final class LastPushedCounts {

    private static final int LIMIT = 50_000;

    private record Shown(long count, Instant at) {}

    private final Duration life;

    /** Guarded by itself: partitions are handled in parallel. */
    private final Map<String, Shown> published = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Shown> eldest) {
            return size() > LIMIT;
        }
    };

    LastPushedCounts(Duration life) {
        this.life = life;
    }

    /** Whether {@code count} must be pushed; if so, it becomes the last pushed one. */
    boolean isNews(PresenceCount count) {
        Instant at = count.getOccurredAt();
        // Push zero once: that the last viewers also leave the window, up to its length plus a tick later, is not news.
        Duration calm = count.getPresent() == 0 ? life.multipliedBy(2) : life;
        synchronized (published) {
            Shown last = published.get(count.getChannel());
            // A count not later than the last one comes again because its push was abandoned: push it again.
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

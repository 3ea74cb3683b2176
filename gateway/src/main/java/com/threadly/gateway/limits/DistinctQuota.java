package com.threadly.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Limits how many distinct channels or ids each user may name within ten minutes, where any would do and each one costs
 * something. Each process counts separately.
 */
public final class DistinctQuota {

    /** From the first one on; then the user starts again with none. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    /** What a user who has too many is told to wait; shorter, because the window may be nearly over. */
    public static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    /** Of all users: some 30 MiB of names. Beyond it, the least recently active users start again. */
    private static final long MOST_NAMES = 150_000;

    private final int perUser;
    private final Cache<String, Set<String>> byUser;

    /** @param perUser distinct names within ten minutes */
    public DistinctQuota(int perUser) {
        this(perUser, Ticker.systemTicker());
    }

    DistinctQuota(int perUser, Ticker ticker) {
        this.perUser = perUser;
        byUser = Caffeine.newBuilder()
                .expireAfter(Expiry.<String, Set<String>>creating((_, _) -> WINDOW))
                .maximumWeight(MOST_NAMES)
                .weigher((String _, Set<String> names) -> 1 + names.size())
                .ticker(ticker)
                .build();
    }

    /** Counts those of {@code names} that are new; false, and counts none, when they would be too many. */
    public boolean admits(String userId, Collection<String> names) {
        Set<String> known = byUser.get(userId, _ -> Set.of());
        return known.containsAll(names)
                || byUser.asMap().merge(userId, Set.copyOf(names), this::both).containsAll(names);
    }

    private Set<String> both(Set<String> known, Set<String> more) {
        var all = new HashSet<>(known);
        all.addAll(more);
        return all.size() > perUser ? known : Set.copyOf(all);
    }
}

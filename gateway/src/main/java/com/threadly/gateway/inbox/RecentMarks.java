package com.threadly.gateway.inbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * Recent marks of users on this gateway, so that they see them before the worker has stored them. Each user's marks are
 * kept until a minute after the last one.
 */
public final class RecentMarks {

    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);

    /** For all users: some 40 MiB. Beyond it, the marks of the least recently active users are evicted. */
    private static final long MOST_MARKS = 200_000;

    /** Beyond it, the oldest marks are evicted: the worker is late by then, and reports it. */
    private static final int MOST_OF_A_USER = 2_000;

    private final Cache<String, Marks> byUser;

    public RecentMarks() {
        this(Ticker.systemTicker());
    }

    RecentMarks(Ticker ticker) {
        byUser = Caffeine.newBuilder()
                .expireAfterWrite(REMEMBERED_FOR)
                .maximumWeight(MOST_MARKS)
                .weigher((String _, Marks marks) -> 1 + marks.positions().size())
                .ticker(ticker)
                .build();
    }

    Marks of(String userId) {
        Marks marks = byUser.getIfPresent(userId);
        return marks == null ? Marks.NONE : marks;
    }

    void note(String userId, Marks marks) {
        byUser.asMap()
                .merge(
                        userId,
                        marks,
                        (known, more) -> known.positions().size() > MOST_OF_A_USER ? more : known.and(more));
    }
}

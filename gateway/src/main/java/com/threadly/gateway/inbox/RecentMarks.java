package com.threadly.gateway.inbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * What users marked a moment ago through this gateway, so that they see it though the worker has not stored it yet. Each
 * user's are remembered until a minute after the last of them.
 */
public final class RecentMarks {

    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);

    /** Of all users: some 30 MiB. More at once, and those of users who have not marked or asked lately go. */
    private static final long MOST_MARKS = 200_000;

    /** More at once, and the oldest knowledge goes: the worker is late by then, and says so. */
    private static final int MOST_OF_A_USER = 2_000;

    private final Cache<String, Marks> byUser;

    public RecentMarks() {
        this(Ticker.systemTicker());
    }

    RecentMarks(Ticker ticker) {
        byUser = Caffeine.newBuilder()
                .expireAfterWrite(REMEMBERED_FOR)
                .maximumWeight(MOST_MARKS)
                .weigher((String _, Marks marks) -> 1 + marks.readAt().size())
                .ticker(ticker)
                .build();
    }

    Marks of(String userId) {
        Marks marks = byUser.getIfPresent(userId);
        return marks == null ? Marks.NONE : marks;
    }

    void note(String userId, Marks marks) {
        byUser.asMap()
                .merge(userId, marks, (known, more) -> known.readAt().size() > MOST_OF_A_USER ? more : known.and(more));
    }
}

package com.threadly.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Duration;
import java.util.Set;

/**
 * Caches the projection for half a minute: for this long, a user removed from a conversation keeps access. The cache
 * never refuses, so a new participant has access at once.
 */
public final class CachedAccess implements Access {

    private static final Duration REMEMBERED_FOR = Duration.ofSeconds(30);
    /** Ids and members together: 100,000 conversations or orders of two. */
    private static final long MOST_REMEMBERED = 300_000;

    /** Looks up the members of one conversation or order. */
    @FunctionalInterface
    private interface Question {
        Set<String> ask(String id) throws UnavailableException;
    }

    private final MembershipReader people;
    private final Cache<String, Set<String>> conversations;
    private final Cache<String, Set<String>> orders;

    public CachedAccess(AccessStore store) {
        this(store, Ticker.systemTicker());
    }

    CachedAccess(MembershipReader people, Ticker ticker) {
        this.people = people;
        this.conversations = cache(ticker);
        this.orders = cache(ticker);
    }

    @Override
    public boolean participates(User user, String conversationId) throws UnavailableException {
        return isAmong(user, conversationId, conversations, people::ofConversation);
    }

    @Override
    public boolean isParty(User user, String orderId) throws UnavailableException {
        return isAmong(user, orderId, orders, people::ofOrder);
    }

    private static boolean isAmong(User user, String id, Cache<String, Set<String>> known, Question question)
            throws UnavailableException {
        Set<String> remembered = known.getIfPresent(id);
        if (remembered != null && remembered.contains(user.id())) {
            return true;
        }
        Set<String> now = question.ask(id);
        if (!now.isEmpty()) {
            known.put(id, now);
        }
        return now.contains(user.id());
    }

    private static Cache<String, Set<String>> cache(Ticker ticker) {
        return Caffeine.newBuilder()
                .expireAfterWrite(REMEMBERED_FOR)
                .maximumWeight(MOST_REMEMBERED)
                .weigher((String _, Set<String> people) -> 1 + people.size())
                .ticker(ticker)
                .build();
    }
}

package com.threadly.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Caches the projection: for half a minute, a user removed from a conversation keeps access; for a second, a new one may
 * still be refused. So neither members who come back nor guesses of ids cost a query each.
 */
public final class CachedAccess implements Access {

    private static final Duration GRANTED_FOR = Duration.ofSeconds(30);

    private static final Duration REFUSED_FOR = Duration.ofSeconds(1);

    /** Ids and members together: 100,000 conversations or orders of two. */
    private static final long MOST_REMEMBERED = 300_000;

    /** Looks up the members of conversations or orders. */
    @FunctionalInterface
    private interface Question {
        Map<String, Set<String>> ask(Set<String> ids) throws UnavailableException;
    }

    /** @param users none if the id is unknown */
    private record Known(Set<String> users, long since) {}

    private final MembershipReader people;
    private final Ticker ticker;
    private final Cache<String, Known> conversations;
    private final Cache<String, Known> orders;

    public CachedAccess(AccessStore store) {
        this(store, Ticker.systemTicker());
    }

    CachedAccess(MembershipReader people, Ticker ticker) {
        this.people = people;
        this.ticker = ticker;
        this.conversations = cache(ticker);
        this.orders = cache(ticker);
    }

    @Override
    public Set<String> conversationsOf(User user, Set<String> ids) throws UnavailableException {
        return those(user, ids, conversations, people::ofConversations);
    }

    @Override
    public Set<String> ordersOf(User user, Set<String> ids) throws UnavailableException {
        return those(user, ids, orders, people::ofOrders);
    }

    /** Whom a user knows is asked each time: it is rare, and the indexes answer it. */
    @Override
    public Set<String> acquaintancesOf(User user, Set<String> userIds) throws UnavailableException {
        var others = new HashSet<>(userIds);
        var known = new HashSet<String>();
        if (others.remove(user.id())) {
            known.add(user.id());
        }
        if (!others.isEmpty()) {
            known.addAll(people.acquaintances(user.id(), others));
        }
        return known;
    }

    private Set<String> those(User user, Set<String> ids, Cache<String, Known> cache, Question question)
            throws UnavailableException {
        var granted = new HashSet<String>();
        var open = new HashSet<String>();
        long now = ticker.read();
        for (String id : ids) {
            Known known = cache.getIfPresent(id);
            if (known != null && known.users().contains(user.id())) {
                granted.add(id);
            } else if (known == null || now - known.since() >= REFUSED_FOR.toNanos()) {
                open.add(id);
            }
        }
        if (!open.isEmpty()) {
            Map<String, Set<String>> found = question.ask(open);
            for (String id : open) {
                Set<String> users = found.getOrDefault(id, Set.of());
                cache.put(id, new Known(users, now));
                if (users.contains(user.id())) {
                    granted.add(id);
                }
            }
        }
        return granted;
    }

    private static Cache<String, Known> cache(Ticker ticker) {
        return Caffeine.newBuilder()
                .expireAfterWrite(GRANTED_FOR)
                .maximumWeight(MOST_REMEMBERED)
                .weigher((String _, Known known) -> 1 + known.users().size())
                .ticker(ticker)
                .build();
    }
}

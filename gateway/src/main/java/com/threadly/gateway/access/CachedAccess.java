package com.threadly.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import com.threadly.events.MembersChannel;
import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Caches the projection: for half a minute, a user removed from a conversation keeps access; for a second, a new one may
 * still be refused. So neither members who come back nor guesses of ids cost a query each.
 */
public final class CachedAccess implements Access {

    private static final Duration GRANTED_FOR = Duration.ofSeconds(30);

    private static final Duration REFUSED_FOR = Duration.ofSeconds(1);

    /** Ids and members together: 100,000 conversations or orders of two. */
    private static final long MOST_REMEMBERED = 300_000;

    /** Guesses come in thousands per second, and would otherwise be what most of the heap's collections copy. */
    private static final long MOST_IDS_OF_NOTHING = 5_000;

    /** Looks up the members of conversations or orders. */
    @FunctionalInterface
    private interface Question {
        Map<String, Members> ask(Set<String> ids) throws UnavailableException;
    }

    private record Known(Members members, long since) {}

    /** What is known of one kind of ids. */
    private record Memory(Cache<String, Known> members, Cache<String, Boolean> nothing) {

        static Memory of(Ticker ticker) {
            return new Memory(
                    Caffeine.newBuilder()
                            .expireAfterWrite(GRANTED_FOR)
                            .maximumWeight(MOST_REMEMBERED)
                            .weigher((String _, Known known) ->
                                    1 + known.members().userIds().size())
                            .ticker(ticker)
                            .build(),
                    Caffeine.newBuilder()
                            .expireAfterWrite(REFUSED_FOR)
                            .maximumSize(MOST_IDS_OF_NOTHING)
                            .ticker(ticker)
                            .build());
        }

        boolean isNothing(String id) {
            return nothing.getIfPresent(id) != null;
        }

        void remember(String id, Members found, long now) {
            if (found.userIds().isEmpty()) {
                members.invalidate(id);
                nothing.put(id, true);
            } else {
                members.put(id, new Known(found, now));
            }
        }

        long size() {
            members.cleanUp();
            nothing.cleanUp();
            return members.estimatedSize() + nothing.estimatedSize();
        }
    }

    private final MembershipReader people;
    private final Ticker ticker;
    private final Memory conversations;
    private final Memory orders;

    public CachedAccess(AccessStore store) {
        this(store, Ticker.systemTicker());
    }

    CachedAccess(MembershipReader people, Ticker ticker) {
        this.people = people;
        this.ticker = ticker;
        this.conversations = Memory.of(ticker);
        this.orders = Memory.of(ticker);
    }

    @Override
    public Set<String> conversationsOf(User user, Set<String> ids) throws UnavailableException {
        return those(ids, conversations, people::ofConversations, has(user)).keySet();
    }

    @Override
    public Map<String, String> movedOf(User user, Set<String> ids) throws UnavailableException {
        var moved = new HashMap<String, String>();
        those(ids, conversations, people::ofConversations, has(user))
                .forEach((id, members) -> members.movedTo().ifPresent(key -> moved.put(id, key)));
        return moved;
    }

    /** However old the answer, nobody is on the channel of members whom they were never one of. */
    @Override
    public Set<MembersChannel> membersChannelsOf(User user, Set<MembersChannel> channels) throws UnavailableException {
        var asked = channels.stream().collect(Collectors.groupingBy(MembersChannel::conversationId));
        BiPredicate<String, Members> isCurrent = (id, members) -> has(user).test(id, members)
                && asked.getOrDefault(id, List.of()).contains(MembersChannel.of(id, members.userIds()));
        return those(asked.keySet(), conversations, people::ofConversations, isCurrent).entrySet().stream()
                .map(one -> MembersChannel.of(one.getKey(), one.getValue().userIds()))
                .collect(Collectors.toSet());
    }

    @Override
    public Set<String> ordersOf(User user, Set<String> ids) throws UnavailableException {
        return those(ids, orders, people::ofOrders, has(user)).keySet();
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

    private static BiPredicate<String, Members> has(User user) {
        return (_, members) -> members.userIds().contains(user.id());
    }

    private Map<String, Members> those(
            Set<String> ids, Memory memory, Question question, BiPredicate<String, Members> grants)
            throws UnavailableException {
        var granted = new HashMap<String, Members>();
        var open = new HashSet<String>();
        long now = ticker.read();
        for (String id : ids) {
            Known known = memory.members().getIfPresent(id);
            if (known != null && grants.test(id, known.members())) {
                granted.put(id, known.members());
            } else if (known == null ? !memory.isNothing(id) : now - known.since() >= REFUSED_FOR.toNanos()) {
                open.add(id);
            }
        }
        if (!open.isEmpty()) {
            Map<String, Members> found = question.ask(open);
            for (String id : open) {
                Members members = found.getOrDefault(id, Members.NOBODY);
                memory.remember(id, members, now);
                if (grants.test(id, members)) {
                    granted.put(id, members);
                }
            }
        }
        return granted;
    }

    /** How many conversations and orders it remembers, those that are nothing among them. */
    long remembered() {
        return conversations.size() + orders.size();
    }
}

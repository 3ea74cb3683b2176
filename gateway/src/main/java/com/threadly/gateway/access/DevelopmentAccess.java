package com.threadly.gateway.access;

import com.threadly.events.MembersChannel;
import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Access by development tokens, in addition to the projection. A subscriber before the first event, such as the
 * delivery check, is not in the projection yet.
 */
public record DevelopmentAccess(Access projection) implements Access {

    @FunctionalInterface
    private interface Question {
        Set<String> ask(Set<String> ids) throws UnavailableException;
    }

    @Override
    public Set<String> conversationsOf(User user, Set<String> ids) throws UnavailableException {
        return with(user.conversations(), ids, others -> projection.conversationsOf(user, others));
    }

    @Override
    public Map<String, String> movedOf(User user, Set<String> ids) throws UnavailableException {
        return projection.movedOf(user, ids);
    }

    /** A token names conversations, not their members. */
    @Override
    public Set<MembersChannel> membersChannelsOf(User user, Set<MembersChannel> channels) throws UnavailableException {
        return projection.membersChannelsOf(user, channels);
    }

    @Override
    public Set<String> ordersOf(User user, Set<String> ids) throws UnavailableException {
        return with(user.orders(), ids, others -> projection.ordersOf(user, others));
    }

    /** Anyone: what a token grants says nothing about others. */
    @Override
    public Set<String> acquaintancesOf(User user, Set<String> userIds) {
        return userIds;
    }

    private static Set<String> with(Set<String> granted, Set<String> ids, Question projection)
            throws UnavailableException {
        var allowed = new HashSet<>(ids);
        allowed.retainAll(granted);
        var others = new HashSet<>(ids);
        others.removeAll(allowed);
        if (!others.isEmpty()) {
            allowed.addAll(projection.ask(others));
        }
        return allowed;
    }
}

package com.threadly.gateway.access;

import com.threadly.events.MembersChannel;
import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;
import java.util.Map;
import java.util.Set;

/** Who takes part in conversations and orders. */
public interface Access {

    /** Those of {@code ids} whose conversations {@code user} takes part in, according to the latest event. */
    Set<String> conversationsOf(User user, Set<String> ids) throws UnavailableException;

    /**
     * Those of the conversations {@code ids} that {@code user} takes part in and somebody else has left, with the key of
     * the present members.
     */
    Map<String, String> movedOf(User user, Set<String> ids) throws UnavailableException;

    /** Those of {@code channels} that are of the present members of their conversation, {@code user} being one. */
    Set<MembersChannel> membersChannelsOf(User user, Set<MembersChannel> channels) throws UnavailableException;

    /** Those of {@code ids} of whose orders {@code user} is the buyer or the seller. */
    Set<String> ordersOf(User user, Set<String> ids) throws UnavailableException;

    /** Those of {@code userIds} who share a conversation or an order with {@code user}, who is one of them, too. */
    Set<String> acquaintancesOf(User user, Set<String> userIds) throws UnavailableException;

    /** Whether {@code user} takes part in the conversation. */
    default boolean participates(User user, String conversationId) throws UnavailableException {
        return !conversationsOf(user, Set.of(conversationId)).isEmpty();
    }
}

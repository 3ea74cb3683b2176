package com.threadly.gateway.access;

import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;
import java.util.Set;

/** Who takes part in conversations and orders. */
public interface Access {

    /** Those of {@code ids} whose conversations have a latest message that {@code user} wrote or received. */
    Set<String> conversationsOf(User user, Set<String> ids) throws UnavailableException;

    /** Those of {@code ids} of whose orders {@code user} is the buyer or the seller. */
    Set<String> ordersOf(User user, Set<String> ids) throws UnavailableException;

    /** Those of {@code userIds} who share a conversation or an order with {@code user}, who is one of them, too. */
    Set<String> acquaintancesOf(User user, Set<String> userIds) throws UnavailableException;

    /** Whether {@code user} wrote or received the latest message of the conversation. */
    default boolean participates(User user, String conversationId) throws UnavailableException {
        return !conversationsOf(user, Set.of(conversationId)).isEmpty();
    }
}

package com.threadly.gateway.access;

import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;

/**
 * Access by development tokens, in addition to the projection. A subscriber before the first event, such as the
 * delivery check, is not in the projection yet.
 */
public record DevelopmentAccess(Access projection) implements Access {

    @Override
    public boolean participates(User user, String conversationId) throws UnavailableException {
        return user.conversations().contains(conversationId) || projection.participates(user, conversationId);
    }

    @Override
    public boolean isParty(User user, String orderId) throws UnavailableException {
        return user.orders().contains(orderId) || projection.isParty(user, orderId);
    }
}

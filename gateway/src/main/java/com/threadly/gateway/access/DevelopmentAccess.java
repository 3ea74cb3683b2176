package com.threadly.gateway.access;

import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;

/**
 * What development tokens vouch for, and the projection besides. Whoever subscribes before the first event, as a check of
 * every delivery must, is in no projection yet.
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

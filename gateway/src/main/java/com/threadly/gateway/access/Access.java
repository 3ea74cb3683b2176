package com.threadly.gateway.access;

import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;

/** Who takes part in conversations and orders. */
public interface Access {

    /** Whether {@code user} wrote or received the latest message of the conversation. */
    boolean participates(User user, String conversationId) throws UnavailableException;

    /** Whether {@code user} is the buyer or the seller of the order. */
    boolean isParty(User user, String orderId) throws UnavailableException;
}

package com.threadly.gateway.access;

import com.threadly.runtime.retry.UnavailableException;
import java.util.Map;
import java.util.Set;

/** Reads the projection. Unknown ids are left out. */
interface MembershipReader {

    /** The participants of conversations. */
    Map<String, Members> ofConversations(Set<String> ids) throws UnavailableException;

    /** Those of {@code userIds} who share a conversation or an order with {@code userId}. */
    Set<String> acquaintances(String userId, Set<String> userIds) throws UnavailableException;

    /** The buyers and sellers of orders. */
    Map<String, Members> ofOrders(Set<String> ids) throws UnavailableException;
}

package com.threadly.gateway.access;

import com.threadly.runtime.retry.UnavailableException;
import java.util.Set;

/** Reads the projection. */
interface MembershipReader {

    /** The participants of a conversation; empty when it is unknown. */
    Set<String> ofConversation(String id) throws UnavailableException;

    /** Buyer and seller of an order; empty when it is unknown. */
    Set<String> ofOrder(String id) throws UnavailableException;
}

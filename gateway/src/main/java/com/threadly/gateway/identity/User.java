package com.threadly.gateway.identity;

import java.util.Map;
import java.util.Set;

/**
 * An authenticated user.
 *
 * @param info what others may see, such as a name
 * @param conversations granted by a development token; empty for any other token
 * @param orders the same for orders
 */
public record User(String id, Map<String, String> info, Set<String> conversations, Set<String> orders) {

    public User {
        info = Map.copyOf(info);
        conversations = Set.copyOf(conversations);
        orders = Set.copyOf(orders);
    }
}

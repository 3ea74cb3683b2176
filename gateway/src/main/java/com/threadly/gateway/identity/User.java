package com.threadly.gateway.identity;

import java.util.Map;
import java.util.Set;

/**
 * Who is asking.
 *
 * @param info what others may see of them, such as a name
 * @param conversations those that a development token vouches for; of any other token, none
 * @param orders the same of orders
 */
public record User(String id, Map<String, String> info, Set<String> conversations, Set<String> orders) {

    public User {
        info = Map.copyOf(info);
        conversations = Set.copyOf(conversations);
        orders = Set.copyOf(orders);
    }
}

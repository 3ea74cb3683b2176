package com.threadly.gateway.identity;

import java.util.Set;

/**
 * Who is asking, and what is theirs.
 *
 * @param name what others may see
 * @param conversations ids of the conversations they take part in
 * @param orders ids of the orders they are buyer or seller of
 */
public record User(String id, String name, Set<String> conversations, Set<String> orders) {

    public User {
        conversations = Set.copyOf(conversations);
        orders = Set.copyOf(orders);
    }
}

package com.threadly.stack.page;

import java.net.URI;
import java.util.List;

/**
 * All that the page must know to connect; sent to the browser as it stands.
 *
 * @param authEndpoint where a private or presence channel is authorized with a person's token
 * @param people the buyer, then the seller: the two sides of one conversation and of one order
 * @param productChannel the presence channel of the product they talk about
 */
public record PageConfig(
        String pusherKey,
        String wsHost,
        int wsPort,
        URI authEndpoint,
        List<Person> people,
        String conversationId,
        String orderId,
        String productId,
        String productTitle,
        String productChannel) {

    /** Somebody the page acts for, with the bearer token of that user. */
    public record Person(String userId, String name, String token) {}

    public PageConfig {
        people = List.copyOf(people);
        if (people.size() != 2) {
            throw new IllegalArgumentException("The page shows a buyer and a seller, but was given " + people.size());
        }
    }

    boolean knows(String userId) {
        return people.stream().anyMatch(person -> person.userId().equals(userId));
    }
}

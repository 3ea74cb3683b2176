package com.threadly.localstack.page;

import java.net.URI;
import java.util.List;

/**
 * All that the page needs to connect; sent to the browser as is.
 *
 * @param gateway base address of the gateway, which accepts a person's token
 * @param people the buyer, then the seller: the two sides of one conversation and of one order
 * @param product what they talk about
 */
public record PageConfig(
        String pusherKey,
        String wsHost,
        int wsPort,
        URI gateway,
        List<Person> people,
        String conversationId,
        String orderId,
        Product product) {

    /** A user on whose behalf the page acts, with a bearer token. */
    public record Person(String userId, String name, String token) {}

    /** The product for sale, and the presence channel of its viewers. */
    public record Product(String id, String title, long priceMinor, String currency, String channel) {}

    public PageConfig {
        people = List.copyOf(people);
        if (people.size() != 2) {
            throw new IllegalArgumentException("The page needs a buyer and a seller, not " + people.size());
        }
    }

    boolean knows(String userId) {
        return people.stream().anyMatch(person -> person.userId().equals(userId));
    }
}

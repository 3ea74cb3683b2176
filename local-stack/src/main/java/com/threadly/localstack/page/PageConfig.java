package com.threadly.localstack.page;

import java.net.URI;
import java.util.List;

/**
 * All that the page must know to connect; sent to the browser as it stands.
 *
 * @param gateway base address of the gateway, which a person's token opens
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

    /** Somebody the page acts for, with the bearer token of that user. */
    public record Person(String userId, String name, String token) {}

    /** What is for sale, and the presence channel of those who look at it. */
    public record Product(String id, String title, long priceMinor, String currency, String channel) {}

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

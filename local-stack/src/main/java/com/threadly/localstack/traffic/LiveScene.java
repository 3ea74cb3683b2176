package com.threadly.localstack.traffic;

import java.util.List;

/**
 * What the live page shows: Ana sells, Ben buys. Random traffic does not touch the two, their conversation or their
 * order; only the product has other visitors.
 */
public record LiveScene(Person seller, Person buyer, Conversation conversation, Product product, Order order) {

    static LiveScene create() {
        Person ana = new Person("ana", "Ana Sousa");
        Person ben = new Person("ben", "Ben Carter");
        Product coat = new Product("camel-coat", "Belted camel wool coat, M", "coats", ana, 14_500);
        return new LiveScene(
                ana,
                ben,
                new Conversation("ana-ben", List.of(ana, ben)),
                coat,
                new Order("ana-ben-1", "pay-ana-ben-1", ben, coat));
    }
}

package com.threadly.localstack.traffic;

/** The parts of an order that do not change with its status. */
public record Order(String id, String paymentId, Person buyer, Product product) {

    public Person seller() {
        return product.seller();
    }

    /** The channel of its status. */
    public String channel() {
        return "private-order-" + id;
    }
}

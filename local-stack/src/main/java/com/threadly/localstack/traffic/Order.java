package com.threadly.localstack.traffic;

/** What does not change of an order while its status does. */
public record Order(String id, String paymentId, Person buyer, Product product) {

    public Person seller() {
        return product.seller();
    }

    /** Where its status goes. */
    public String channel() {
        return "private-order-" + id;
    }
}

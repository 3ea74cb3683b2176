package com.threadly.localstack.traffic;

/** Something to buy; {@code priceMinor} is in cents. */
public record Product(String id, String title, String category, Person seller, long priceMinor) {

    /** The currency of all prices. */
    public static final String CURRENCY = "EUR";

    /** The presence channel of its viewers. */
    public String channel() {
        return "presence-product-" + id;
    }

    /** The presence channel of its category's viewers. */
    public String categoryChannel() {
        return "presence-category-" + category;
    }
}

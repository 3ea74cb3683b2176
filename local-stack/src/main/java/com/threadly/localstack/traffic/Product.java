package com.threadly.localstack.traffic;

/** Something to buy; {@code priceMinor} is in cents. */
public record Product(String id, String title, String category, Person seller, long priceMinor) {

    /** What everything here is priced in. */
    public static final String CURRENCY = "EUR";

    /** Where those who look at it meet. */
    public String channel() {
        return "presence-product-" + id;
    }

    /** Where those who look at its category meet. */
    public String categoryChannel() {
        return "presence-category-" + category;
    }
}

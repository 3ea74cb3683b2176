package com.threadly.stack.traffic;

/** Something to buy. */
public record Product(String id, String title, String category, Person seller, long priceMinor) {

    /** Where those who look at it meet. */
    public String channel() {
        return "presence-product-" + id;
    }

    /** Where those who look at its category meet. */
    public String categoryChannel() {
        return "presence-category-" + category;
    }
}

package com.threadly.localstack.traffic;

/**
 * How large the marketplace is.
 *
 * @param openOrders how many orders are in progress at once; a new one starts when one is done
 * @param skew the exponent of Zipf's law: 0 makes everyone equally popular, 1 makes the second half as popular as the
 *     first
 */
public record WorldSize(int people, int conversations, int products, int openOrders, double skew) {

    /** Large enough to fill every partition, small enough to subscribe to all of it in seconds. */
    public static final WorldSize STANDARD = new WorldSize(500, 400, 60, 100, 0.8);

    public WorldSize {
        if (people < 4 || conversations < 1 || products < 2 || openOrders < 1 || !(skew >= 0)) {
            throw new IllegalArgumentException(
                    "A world needs 4 people, a conversation, 2 products, an open order and a skew of at least 0");
        }
    }
}

package com.threadly.localstack.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** People buy: a bounded number of deals under way, each new one for a product by its popularity. */
final class Trade {

    private final World world;
    private final Stamps stamps;
    private final Zipf buyers;
    private final Zipf products;
    private final List<Deal> open = new ArrayList<>();
    private int orders;

    Trade(World world, Stamps stamps) {
        this.world = world;
        this.stamps = stamps;
        this.buyers = new Zipf(world.people().size(), world.size().skew());
        this.products = new Zipf(sold(world).size(), world.size().skew());
    }

    /** An order moves on; where all wait for their payments, a payment does. */
    Emission<?> order() {
        if (open.size() < world.size().openOrders()) {
            open.add(new Deal(newOrder(), stamps));
            return open.getLast().moveOrder();
        }
        List<Deal> movable = movable(Deal::orderCanMove);
        return movable.isEmpty() ? movePayment(movable(Deal::paymentCanMove)) : moveOrder(movable);
    }

    /** A payment moves on; where all wait for their orders, an order does. */
    Emission<?> payment() {
        List<Deal> movable = movable(Deal::paymentCanMove);
        return movable.isEmpty() ? order() : movePayment(movable);
    }

    private Emission<?> moveOrder(List<Deal> movable) {
        Deal deal = Words.any(movable, stamps.random());
        return closeIfDone(deal, deal.moveOrder());
    }

    private Emission<?> movePayment(List<Deal> movable) {
        Deal deal = Words.any(movable, stamps.random());
        return closeIfDone(deal, deal.movePayment());
    }

    private Emission<?> closeIfDone(Deal deal, Emission<?> emission) {
        if (deal.isDone()) {
            open.remove(deal);
        }
        return emission;
    }

    private List<Deal> movable(Predicate<Deal> can) {
        return open.stream().filter(can).toList();
    }

    private Order newOrder() {
        Product product = sold(world).get(products.next(stamps.random()));
        Person buyer = product.seller();
        while (buyer.equals(product.seller())) {
            buyer = world.people().get(buyers.next(stamps.random()));
        }
        String number = world.tag() + "-" + ++orders;
        return new Order("order-" + number, "pay-" + number, buyer, product);
    }

    /** Ana's coat, which comes first, is Ben's. */
    private static List<Product> sold(World world) {
        return world.products().subList(1, world.products().size());
    }
}

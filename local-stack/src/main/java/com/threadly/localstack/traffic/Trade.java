package com.threadly.localstack.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** People buy: a bounded number of deals at a time, each for a product chosen by popularity. */
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

    /** An order progresses, or a payment if all orders wait for theirs. */
    Emission<?> order() {
        if (open.size() < world.size().openOrders()) {
            open.add(new Deal(newOrder(), stamps));
            return open.getLast().moveOrder();
        }
        List<Deal> movable = movable(Deal::orderCanMove);
        return movable.isEmpty() ? movePayment(movable(Deal::paymentCanMove)) : moveOrder(movable);
    }

    /** A payment progresses, or an order if all payments wait for theirs. */
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

    /** The first product, Ana's coat, is Ben's. */
    private static List<Product> sold(World world) {
        return world.products().subList(1, world.products().size());
    }
}

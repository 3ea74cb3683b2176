package com.threadly.pusherserver;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The channels of one connection. Lock order: this, then a channel. */
final class Subscriptions {

    /** A channel that this connection is in, and its member: null except in presence channels. */
    record Subscription(Channel channel, @Nullable ChannelMember member) {}

    private final Connection connection;
    private final Counters counters;
    private final Map<String, Subscription> byChannel = new HashMap<>();
    private boolean ended;

    Subscriptions(Connection connection, Counters counters) {
        this.connection = connection;
        this.counters = counters;
    }

    /** The result of an attempt to enter a channel. */
    enum Outcome {
        ENTERED,
        ALREADY_IN,
        FULL,
        CONNECTION_CLOSED
    }

    synchronized Outcome enter(Channels channels, String name, @Nullable ChannelMember member) {
        if (ended) {
            return Outcome.CONNECTION_CLOSED;
        }
        if (byChannel.containsKey(name)) {
            return Outcome.ALREADY_IN;
        }
        Optional<Channel> entered = channels.enter(name, connection, member);
        if (entered.isEmpty()) {
            return Outcome.FULL;
        }
        byChannel.put(name, new Subscription(entered.get(), member));
        counters.subscriptions.increment();
        return Outcome.ENTERED;
    }

    synchronized void leave(String name) {
        Subscription subscription = byChannel.remove(name);
        if (subscription != null) {
            leave(subscription);
        }
    }

    synchronized Optional<Subscription> find(String name) {
        return Optional.ofNullable(byChannel.get(name));
    }

    /** Leaves every channel permanently. */
    synchronized void end() {
        ended = true;
        byChannel.values().forEach(this::leave);
        byChannel.clear();
    }

    private void leave(Subscription subscription) {
        subscription.channel().leave(connection, subscription.member());
        counters.subscriptions.decrement();
    }
}

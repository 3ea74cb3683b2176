package com.threadly.pusherserver;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The occupied channels. */
final class Channels {

    private final ConcurrentMap<String, Channel> byName = new ConcurrentHashMap<>();
    private final int maxMembers;
    private final Frames frames;
    private final Consumer<WebhookEvent> webhooks;
    private final EventCache cache;

    Channels(int maxMembers, Frames frames, Consumer<WebhookEvent> webhooks, EventCache cache) {
        this.cache = cache;
        this.maxMembers = maxMembers;
        this.frames = frames;
        this.webhooks = webhooks;
    }

    /** Enters the channel; empty if it is full. */
    Optional<Channel> enter(String name, Connection connection, @Nullable ChannelMember member) {
        while (true) {
            Channel channel = byName.computeIfAbsent(name, this::open);
            switch (channel.enter(connection, member)) {
                case ENTERED -> {
                    return Optional.of(channel);
                }
                case FULL -> {
                    return Optional.empty();
                }
                case RETIRED -> byName.remove(name, channel);
            }
        }
    }

    /** Sends the event to the channel's subscribers; its frame is created once, and only if it is needed. */
    void publish(Event event) {
        if (EventCache.covers(event.channel())) {
            cache.put(event.channel(), Frames.event(event));
        }
        Channel channel = byName.get(event.channel());
        if (channel != null) {
            channel.publish(Frames.event(event), event.exceptSocketId());
        }
    }

    Optional<Channel> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    List<Channel> all() {
        return List.copyOf(byName.values());
    }

    private Channel open(String name) {
        return new Channel(
                name, maxMembers, frames, webhooks, cache, emptied -> byName.remove(emptied.name(), emptied));
    }
}

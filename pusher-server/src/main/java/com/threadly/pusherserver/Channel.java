package com.threadly.pusherserver;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A channel from its first subscriber to its last. Its lock puts everything that happens in it into one order, the same
 * for all subscribers and webhooks; it is never held while waiting for a client.
 */
final class Channel {

    /** The result of an attempt to enter. */
    enum Entry {
        ENTERED,
        FULL,
        /** The last subscriber just left; a new channel of that name replaces this one. */
        RETIRED
    }

    private final String name;
    private final int maxMembers;
    private final Frames frames;
    private final Consumer<WebhookEvent> webhooks;
    private final EventCache cache;
    private final Consumer<Channel> whenEmpty;
    private final Set<Connection> subscribers = new LinkedHashSet<>();
    private final PresenceMembers members = new PresenceMembers();
    private boolean retired;

    Channel(
            String name,
            int maxMembers,
            Frames frames,
            Consumer<WebhookEvent> webhooks,
            EventCache cache,
            Consumer<Channel> whenEmpty) {
        this.cache = cache;
        this.name = name;
        this.maxMembers = maxMembers;
        this.frames = frames;
        this.webhooks = webhooks;
        this.whenEmpty = whenEmpty;
    }

    String name() {
        return name;
    }

    synchronized Entry enter(Connection connection, @Nullable ChannelMember member) {
        if (retired) {
            return Entry.RETIRED;
        }
        if (member != null && !members.contains(member) && members.size() >= maxMembers) {
            return Entry.FULL;
        }
        if (subscribers.isEmpty()) {
            webhooks.accept(WebhookEvent.occupied(name));
        }
        if (member == null) {
            connection.send(Frames.subscribed(name));
        } else {
            enterAs(member, connection);
        }
        subscribers.add(connection);
        if (EventCache.covers(name)) {
            cache.last(name).ifPresentOrElse(connection::deliver, () -> miss(connection));
        }
        return Entry.ENTERED;
    }

    private void miss(Connection connection) {
        connection.send(Frames.cacheMiss(name));
        webhooks.accept(WebhookEvent.cacheMiss(name));
    }

    private void enterAs(ChannelMember member, Connection connection) {
        if (members.join(member)) {
            sendToAll(frames.memberAdded(name, member));
            webhooks.accept(WebhookEvent.memberAdded(name, member));
        }
        connection.send(frames.subscribed(name, members.byId()));
    }

    synchronized void leave(Connection connection, @Nullable ChannelMember member) {
        if (!subscribers.remove(connection)) {
            return;
        }
        if (member != null && members.leave(member)) {
            sendToAll(frames.memberRemoved(name, member));
            webhooks.accept(WebhookEvent.memberRemoved(name, member));
        }
        if (subscribers.isEmpty()) {
            retired = true;
            webhooks.accept(WebhookEvent.vacated(name));
            whenEmpty.accept(this);
        }
    }

    synchronized void publish(String frame, @Nullable String exceptSocketId) {
        for (Connection subscriber : subscribers) {
            if (exceptSocketId == null || !exceptSocketId.equals(subscriber.socketId())) {
                subscriber.deliver(frame);
            }
        }
    }

    synchronized int subscriberCount() {
        return subscribers.size();
    }

    synchronized List<String> userIds() {
        return List.copyOf(members.byId().keySet());
    }

    private void sendToAll(String frame) {
        subscribers.forEach(subscriber -> subscriber.send(frame));
    }
}

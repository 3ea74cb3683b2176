package com.threadly.localstack.check;

import com.threadly.events.MessageSent;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.PresenceChanged;
import com.threadly.events.TypingChanged;
import com.threadly.localstack.subscribe.Subscription;
import com.threadly.localstack.traffic.Emission;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Who listens to what, so that one subscriber sees every push of some events. Immutable. */
final class Audience {

    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final Map<String, Rights> rights = new HashMap<>();

    /** What a user's token must allow. */
    record Rights(SequencedSet<String> conversations, SequencedSet<String> orders) {
        private static Rights none() {
            return new Rights(new LinkedHashSet<>(), new LinkedHashSet<>());
        }
    }

    private Audience() {}

    static Audience of(Collection<? extends Emission<?>> emissions) {
        Audience audience = new Audience();
        Promises promises = new Promises(Duration.ofMinutes(5));
        for (Emission<?> emission : emissions) {
            audience.invite(emission);
            promises.of(emission).stream()
                    .map(Expected::channel)
                    .forEach(channel -> audience.subscribe(channel, owner(channel)));
        }
        return audience;
    }

    Collection<Subscription> subscriptions() {
        return subscriptions.values();
    }

    Rights rightsOf(String userId) {
        return rights.getOrDefault(userId, Rights.none());
    }

    private Rights newRightsOf(String userId) {
        return rights.computeIfAbsent(userId, _ -> Rights.none());
    }

    private void invite(Emission<?> emission) {
        switch (emission.event()) {
            case MessageSent message -> inConversation(message.getConversationId(), message.getSenderId());
            case TypingChanged typing -> inConversation(typing.getConversationId(), typing.getUserId());
            case OrderStatusChanged order -> {
                if (subscribe(Promises.ORDER + order.getOrderId(), order.getBuyerId())) {
                    newRightsOf(order.getBuyerId()).orders().add(order.getOrderId());
                }
            }
            case PresenceChanged presence -> subscribe(presence.getChannel(), presence.getUserId());
            default -> {}
        }
    }

    private void inConversation(String conversationId, String userId) {
        if (subscribe(Promises.CONVERSATION + conversationId, userId)) {
            newRightsOf(userId).conversations().add(conversationId);
        }
    }

    private boolean subscribe(String channel, @Nullable String userId) {
        return subscriptions.putIfAbsent(channel, new Subscription(channel, userId)) == null;
    }

    private static @Nullable String owner(String channel) {
        return channel.startsWith(Promises.USER) ? channel.substring(Promises.USER.length()) : null;
    }
}

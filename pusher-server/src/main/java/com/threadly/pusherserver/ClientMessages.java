package com.threadly.pusherserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.threadly.pusherserver.Subscriptions.Subscription;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Handles what clients send over their sockets. Messages of one connection come one after the other. */
final class ClientMessages {

    private final JsonMapper json;
    private final SubscriptionAuth auth;
    private final Channels channels;
    private final Frames frames;
    private final Consumer<WebhookEvent> webhooks;
    private final Counters counters;

    ClientMessages(
            JsonMapper json,
            SubscriptionAuth auth,
            Channels channels,
            Frames frames,
            Consumer<WebhookEvent> webhooks,
            Counters counters) {
        this.json = json;
        this.auth = auth;
        this.channels = channels;
        this.frames = frames;
        this.webhooks = webhooks;
        this.counters = counters;
    }

    void handle(Connection connection, String text) {
        connection.heard();
        JsonNode message;
        try {
            message = json.readTree(text);
        } catch (JsonProcessingException e) {
            connection.send(Frames.error(null, "Invalid JSON"));
            return;
        }
        String event = message.path("event").asText();
        switch (event) {
            case "pusher:ping" -> connection.send(Frames.pong());
            case "pusher:pong" -> {}
            case "pusher:signin" -> signIn(connection, message.path("data"));
            case "pusher:subscribe" -> subscribe(connection, message.path("data"));
            case "pusher:unsubscribe" ->
                connection
                        .subscriptions()
                        .leave(message.path("data").path("channel").asText());
            default -> {
                if (event.startsWith("client-")) {
                    clientEvent(connection, event, message);
                } else {
                    connection.send(Frames.error(null, "This server does not know the event " + event));
                }
            }
        }
    }

    private void signIn(Connection connection, JsonNode request) {
        String userData = text(request, "user_data");
        try {
            connection.signedIn(auth.user(connection.socketId(), text(request, "auth"), userData));
            connection.send(Frames.signedIn(String.valueOf(userData)));
        } catch (SubscriptionAuth.Refused refused) {
            connection.fail(4009, String.valueOf(refused.getMessage()));
        }
    }

    private void subscribe(Connection connection, JsonNode request) {
        String channel = request.path("channel").asText();
        if (connection.isOwn(channel)) {
            connection.send(Frames.subscribed(channel));
            return;
        }
        Optional<String> problem = Limits.channelProblem(channel);
        if (problem.isPresent()) {
            connection.send(Frames.error(null, problem.get()));
            return;
        }
        ChannelMember member;
        try {
            member = authorize(connection, channel, request);
        } catch (SubscriptionAuth.Refused refused) {
            refuse(connection, channel, "AuthError", String.valueOf(refused.getMessage()), 4009);
            return;
        }
        switch (connection.subscriptions().enter(channels, channel, member)) {
            case ENTERED, CONNECTION_CLOSED -> {}
            case ALREADY_IN -> connection.send(Frames.error(null, "Existing subscription to channel " + channel));
            case FULL ->
                refuse(connection, channel, "LimitReached", "The channel has reached its limit of members", 4004);
        }
    }

    private @Nullable ChannelMember authorize(Connection connection, String channel, JsonNode request)
            throws SubscriptionAuth.Refused {
        ChannelKind kind = ChannelKind.of(channel);
        if (!kind.needsAuthorization()) {
            return null;
        }
        String channelData = text(request, "channel_data");
        auth.verify(connection.socketId(), channel, text(request, "auth"), channelData);
        return kind == ChannelKind.PRESENCE ? auth.member(channelData) : null;
    }

    /** Both ways in which clients may listen: on the channel, and on the connection. */
    private void refuse(Connection connection, String channel, String type, String message, int code) {
        connection.send(frames.subscriptionError(channel, type, message, code));
        connection.send(Frames.error(code, message));
    }

    private void clientEvent(Connection connection, String event, JsonNode message) {
        String channel = message.path("channel").asText();
        Optional<Subscription> subscription = connection.subscriptions().find(channel);
        if (subscription.isEmpty() || !ChannelKind.of(channel).takesClientEvents()) {
            connection.send(Frames.error(
                    4009, "Client events are only for members of private and presence channels, not for " + channel));
            return;
        }
        JsonNode data = message.path("data");
        String dataText = data.isTextual() ? data.asText() : data.toString();
        if (Limits.isTooLong(dataText) || Limits.eventNameProblem(event).isPresent()) {
            connection.send(Frames.error(null, "The client event's name or data is too long"));
            return;
        }
        ChannelMember sender = subscription.get().member();
        counters.clientEvents.increment();
        subscription
                .get()
                .channel()
                .publish(
                        Frames.clientEvent(channel, event, data.isMissingNode() ? json.nullNode() : data, sender),
                        connection.socketId());
        webhooks.accept(WebhookEvent.clientEvent(channel, event, dataText, connection.socketId(), sender));
    }

    private static @Nullable String text(JsonNode request, String field) {
        return request.path(field).isTextual() ? request.path(field).asText() : null;
    }
}

package com.threadly.gateway.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.MembersChannel;
import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceChanged;
import com.threadly.events.Topics;
import com.threadly.events.TypingChanged;
import com.threadly.gateway.publishing.OutgoingEvent;
import com.threadly.payload.JsonMappers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Translates Pusher's events into ours. Irrelevant and invalid ones are dropped. Of {@code channel_occupied} and {@code
 * channel_vacated}, those of channels of counts matter: they say whether anyone listens.
 */
final class WebhookTranslator {

    private static final String TYPING = "client-typing";

    /** Pusher's limit. */
    private static final int MAX_USER_ID = 128;

    private static final ObjectMapper JSON = JsonMappers.builder().build();

    private WebhookTranslator() {}

    /**
     * @param time when it happened
     * @param position of the event in its webhook: all its events have the same time, and a user may join, leave and
     * join again within it
     */
    static Optional<? extends OutgoingEvent<?>> translate(Webhook.Event event, Instant time, int position) {
        return switch (event.name()) {
            case "member_added" -> presence(event, PresenceChange.JOINED, time, position);
            case "member_removed" -> presence(event, PresenceChange.LEFT, time, position);
            // Pusher has no count to hand out, or an old one.
            case "channel_occupied", "cache_miss" -> listening(event, PresenceChange.OCCUPIED, time, position);
            case "channel_vacated" -> listening(event, PresenceChange.VACATED, time, position);
            case "client_event" -> typing(event, time, position);
            case null, default -> Optional.empty();
        };
    }

    private static Optional<OutgoingEvent<PresenceChanged>> presence(
            Webhook.Event event, PresenceChange change, Instant time, int position) {
        String channel = channel(event);
        String userId = userId(event.userId());
        if (userId.isEmpty() || !ChannelNames.isPresence(channel)) {
            return Optional.empty();
        }
        return Optional.of(changed(event, channel, userId, change, time, position));
    }

    private static Optional<OutgoingEvent<PresenceChanged>> listening(
            Webhook.Event event, PresenceChange change, Instant time, int position) {
        return ChannelNames.viewedBy(channel(event))
                .map(channel -> changed(event, channel, "", change, time, position));
    }

    private static OutgoingEvent<PresenceChanged> changed(
            Webhook.Event event, String channel, String userId, PresenceChange change, Instant time, int position) {
        return new OutgoingEvent<>(
                Topics.PRESENCE_EVENTS,
                PresenceChanged.newBuilder()
                        .setEventId(id(event, userId, time, position))
                        .setOccurredAt(time)
                        .setChannel(channel)
                        .setUserId(userId)
                        .setChange(change)
                        .build());
    }

    /** Pusher names the sender of a client event only on presence channels; on others, the payload names it. */
    private static Optional<OutgoingEvent<TypingChanged>> typing(Webhook.Event event, Instant time, int position) {
        String channel = channel(event);
        String conversationId = conversationId(channel);
        if (!TYPING.equals(event.event()) || conversationId.isEmpty()) {
            return Optional.empty();
        }
        JsonNode data = payload(event.data());
        String userId = userId(
                event.userId() != null ? event.userId() : data.path("userId").textValue());
        if (userId.isEmpty() || !data.path("isTyping").isBoolean()) {
            return Optional.empty();
        }
        return Optional.of(new OutgoingEvent<>(
                Topics.TYPING_EVENTS,
                TypingChanged.newBuilder()
                        .setEventId(id(event, userId, time, position))
                        .setOccurredAt(time)
                        .setConversationId(conversationId)
                        .setUserId(userId)
                        .setTyping(data.path("isTyping").booleanValue())
                        .build()));
    }

    /** Of the channel of a conversation; empty for others. Clients send no events on encrypted ones. */
    private static String conversationId(String channel) {
        if (channel.startsWith(ChannelNames.MEMBERS_PREFIX)) {
            return MembersChannel.parse(channel.substring(ChannelNames.MEMBERS_PREFIX.length()))
                    .map(MembersChannel::conversationId)
                    .orElse("");
        }
        return channel.startsWith(ChannelNames.CONVERSATION_PREFIX)
                ? channel.substring(ChannelNames.CONVERSATION_PREFIX.length())
                : "";
    }

    /** The same for every repetition of a webhook, whose body does not change. */
    private static UUID id(Webhook.Event event, String userId, Instant time, int position) {
        String name = String.join(
                "|",
                event.name(),
                event.channel(),
                userId,
                Long.toString(time.toEpochMilli()),
                Integer.toString(position));
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode payload(@Nullable JsonNode data) {
        try {
            return data == null ? MissingNode.getInstance() : data.isTextual() ? JSON.readTree(data.textValue()) : data;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** The user's id; empty when it is invalid. */
    private static String userId(@Nullable String userId) {
        return userId == null || userId.isBlank() || userId.length() > MAX_USER_ID ? "" : userId;
    }

    /** The channel's name; empty when it is invalid. */
    private static String channel(Webhook.Event event) {
        try {
            return event.channel() == null ? "" : ChannelNames.checked("channel", event.channel());
        } catch (InvalidFieldException e) {
            return "";
        }
    }
}

package com.threadly.pusherserver;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** One event of a webhook; its fields depend on its name. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WebhookEvent(
        String name,
        String channel,
        @JsonProperty("user_id") @Nullable String userId,
        @Nullable String event,
        @Nullable String data,
        @JsonProperty("socket_id") @Nullable String socketId) {

    static WebhookEvent occupied(String channel) {
        return new WebhookEvent("channel_occupied", channel, null, null, null, null);
    }

    static WebhookEvent vacated(String channel) {
        return new WebhookEvent("channel_vacated", channel, null, null, null, null);
    }

    static WebhookEvent cacheMiss(String channel) {
        return new WebhookEvent("cache_miss", channel, null, null, null, null);
    }

    static WebhookEvent memberAdded(String channel, ChannelMember member) {
        return new WebhookEvent("member_added", channel, member.id(), null, null, null);
    }

    static WebhookEvent memberRemoved(String channel, ChannelMember member) {
        return new WebhookEvent("member_removed", channel, member.id(), null, null, null);
    }

    static WebhookEvent clientEvent(
            String channel, String event, String data, String socketId, @Nullable ChannelMember sender) {
        return new WebhookEvent("client_event", channel, sender == null ? null : sender.id(), event, data, socketId);
    }
}

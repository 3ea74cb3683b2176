package com.threadly.payload;

/**
 * The payload of {@code conversation-moved}.
 *
 * @param channel where the conversation goes on
 */
public record ConversationMovedPayload(String conversationId, String channel) {}

package com.threadly.payload;

/** The payload of {@code typing}. */
public record Typing(String conversationId, String userId, boolean isTyping) {}

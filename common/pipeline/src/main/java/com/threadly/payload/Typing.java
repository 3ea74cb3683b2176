package com.threadly.payload;

import java.util.UUID;

/** The payload of {@code typing}. */
public record Typing(UUID id, String conversationId, String userId, boolean isTyping) {}

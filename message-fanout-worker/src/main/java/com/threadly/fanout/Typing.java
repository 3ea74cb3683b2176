package com.threadly.fanout;

/** The payload of {@code typing}. */
record Typing(String conversationId, String userId, boolean isTyping) {}

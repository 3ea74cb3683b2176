package com.threadly.localstack.page;

/** A message of the conversation, with the fields of {@code new-message}; {@code createdAt} is ISO-8601 in UTC. */
public record SentMessage(String id, String conversationId, String senderId, String content, String createdAt) {}

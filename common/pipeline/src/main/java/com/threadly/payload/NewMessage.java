package com.threadly.payload;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.threadly.events.MessageSent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The payload of {@code new-message}; {@code truncated} is present only when the content was cut. */
public record NewMessage(
        String id,
        String conversationId,
        String senderId,
        String content,
        Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean truncated) {

    public static NewMessage of(MessageSent message, String content) {
        return new NewMessage(
                message.getMessageId(),
                message.getConversationId(),
                message.getSenderId(),
                content,
                message.getOccurredAt(),
                null);
    }

    public NewMessage cutTo(String shorter) {
        return new NewMessage(id, conversationId, senderId, shorter, createdAt, true);
    }
}

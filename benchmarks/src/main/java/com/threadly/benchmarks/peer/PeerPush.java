package com.threadly.benchmarks.peer;

import com.pusher.rest.Pusher;
import com.pusher.rest.data.Event;
import com.pusher.rest.data.Result;
import com.threadly.events.MessageSent;
import com.threadly.payload.Payloads;
import com.threadly.serde.AvroDecoder;
import java.time.Instant;
import java.util.List;

/** How every peer pushes a message: exactly as we do. */
final class PeerPush {

    private record NewMessage(String id, String conversationId, String senderId, String content, Instant createdAt) {}

    private PeerPush() {}

    static Event of(byte[] record, AvroDecoder decoder) {
        MessageSent message = decoder.decode(record, MessageSent.class);
        return of(
                message.getMessageId(),
                message.getConversationId(),
                message.getSenderId(),
                message.getContent(),
                message.getOccurredAt());
    }

    static Event of(String id, String conversationId, String senderId, String content, Instant createdAt) {
        return new Event(
                "private-conversation-" + conversationId,
                "new-message",
                Payloads.json(new NewMessage(id, conversationId, senderId, content, createdAt)));
    }

    static void send(List<Event> batch, Pusher client) {
        check(client.trigger(batch));
    }

    static void check(Result result) {
        if (result.getStatus() != Result.Status.SUCCESS) {
            throw new IllegalStateException("the stub answered " + result);
        }
    }
}

package com.threadly.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.ConversationMoved;
import com.threadly.events.MessageSent;
import com.threadly.events.TypingChanged;
import com.threadly.payload.PushedEventSchema;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.pusher.PushEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Pushed events match the client's types. */
class FanoutPushSchemaTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Broadcasts broadcasts =
            new Broadcasts(false, new MovedConversations(), new ErasedParticipants(), Clock.systemUTC());

    @Test
    void messages() throws Exception {
        PushedEventSchema.describes(
                "new-message", List.of(pushed(message("Hello")), pushed(message("Long ".repeat(9_000)))));
    }

    @Test
    void typing() throws Exception {
        PushedEventSchema.describes(
                "typing", List.of(pushed(new TypingChanged(UUID.randomUUID(), NOON, "c1", "ben", true))));
    }

    @Test
    void moves() throws Exception {
        var moved = new MovedConversations();
        moved.put("c1", new ConversationMoved(UUID.randomUUID(), NOON, "c1", "A".repeat(22)));
        var outcome = (RecordOutcome.Push)
                new Broadcasts(false, moved, new ErasedParticipants(), Clock.systemUTC()).of(message("Hello"));

        PushedEventSchema.describes(
                "conversation-moved", List.of(outcome.events().getFirst()));
    }

    private PushEvent pushed(SpecificRecord event) {
        assertThat(broadcasts.of(event)).isInstanceOf(RecordOutcome.Push.class);
        return ((RecordOutcome.Push) broadcasts.of(event)).events().getFirst();
    }

    private static MessageSent message(String content) {
        return new MessageSent(UUID.randomUUID(), NOON, "m1", "c1", "ana", List.of("ben"), "Ana", content, null);
    }
}

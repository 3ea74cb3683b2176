package com.threadly.localstack.traffic;

import com.threadly.events.MessageSent;
import com.threadly.events.Topics;
import com.threadly.events.TypingChanged;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** People write to each other, in some conversations far more than in others. */
final class Talk {

    private final World world;
    private final Stamps stamps;
    private final Zipf conversations;
    private final Set<String> typing = new HashSet<>();

    Talk(World world, Stamps stamps) {
        this.world = world;
        this.stamps = stamps;
        this.conversations = new Zipf(world.conversations().size(), world.size().skew());
    }

    Emission<MessageSent> message() {
        Conversation conversation = anyConversation();
        Person sender = Words.any(conversation.members(), stamps.random());
        return message(conversation, sender, Words.line(stamps.random()), null, stamps);
    }

    Emission<TypingChanged> typing() {
        Conversation conversation = anyConversation();
        Person person = Words.any(conversation.members(), stamps.random());
        String here = conversation.id() + " " + person.id();
        boolean starts = typing.add(here);
        if (!starts) {
            typing.remove(here);
        }
        return typing(conversation, person, starts, stamps);
    }

    static Emission<MessageSent> message(
            Conversation conversation, Person sender, String text, @Nullable String socketId, Stamps stamps) {
        var event = MessageSent.newBuilder()
                .setEventId(stamps.newId())
                .setOccurredAt(stamps.now())
                .setMessageId(stamps.newId().toString())
                .setConversationId(conversation.id())
                .setSenderId(sender.id())
                .setRecipientIds(conversation.othersThan(sender))
                .setSenderName(sender.name())
                .setContent(text);
        if (socketId != null) {
            event.setOriginSocketId(socketId);
        }
        return new Emission<>(Topics.MESSAGE_EVENTS, event.build());
    }

    static Emission<TypingChanged> typing(Conversation conversation, Person person, boolean typing, Stamps stamps) {
        return new Emission<>(
                Topics.TYPING_EVENTS,
                new TypingChanged(stamps.newId(), stamps.now(), conversation.id(), person.id(), typing));
    }

    private Conversation anyConversation() {
        return world.conversations().get(conversations.next(stamps.random()));
    }
}

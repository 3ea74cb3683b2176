package com.threadly.fanout;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.MembersChannel;
import com.threadly.events.MessageSent;
import com.threadly.events.TypingChanged;
import com.threadly.payload.ConversationMovedPayload;
import com.threadly.payload.DisplayText;
import com.threadly.payload.NewMessage;
import com.threadly.payload.Payloads;
import com.threadly.payload.Typing;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.pusher.PushEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * The rules: what is pushed to the members of a conversation. Their only state is the pace of typing, which
 * conversations somebody has left, and who is erased.
 *
 * <p>An end-to-end encrypted conversation has another channel, and less room in an event.
 */
final class Broadcasts {

    /** Typing older than this is not worth showing. */
    private static final Duration TYPING_LIFE = Duration.ofSeconds(5);

    /** In UTF-8. */
    private static final int MAX_BYTES_A_CHAR = 3;

    private final boolean encrypted;
    private final Clock clock;
    private final MovedConversations moved;
    private final ErasedParticipants erased;
    private final TypingPace typingPace = new TypingPace();

    Broadcasts(boolean encrypted, MovedConversations moved, ErasedParticipants erased, Clock clock) {
        this.encrypted = encrypted;
        this.moved = moved;
        this.erased = erased;
        this.clock = clock;
    }

    /**
     * What to push for {@code event}.
     *
     * @throws InvalidFieldException when an id is unusable
     */
    RecordOutcome of(SpecificRecord event) {
        return switch (event) {
            case MessageSent message -> ofMessage(message);
            case TypingChanged typing -> ofTyping(typing, notAheadOfNow(typing.getOccurredAt()));
            default -> throw new IllegalArgumentException("no event of a conversation: " + event.getSchema());
        };
    }

    /**
     * Once somebody has left the conversation, the message's own members decide on its channel, but for erased ones:
     * whoever is not one of them was never authorized for it.
     */
    private RecordOutcome ofMessage(MessageSent message) {
        String id = message.getConversationId();
        if (moved.keyOf(id).isEmpty()) {
            return RecordOutcome.push(List.of(newMessage(message, channel(id))));
        }
        var members = new ArrayList<>(message.getRecipientIds());
        members.add(message.getSenderId());
        members.removeIf(erased::contains);
        MembersChannel channel = MembersChannel.of(id, members);
        moved.latest(id, channel.key());
        return RecordOutcome.push(onMembersChannel(channel, newMessage(message, channel(channel))));
    }

    /** Those on an earlier channel are told first. */
    private List<PushEvent> onMembersChannel(MembersChannel channel, PushEvent push) {
        return moved.isNews(channel.conversationId(), channel.key())
                ? List.of(conversationMoved(channel), push)
                : List.of(push);
    }

    /** On the channel that all members are on, and those who have left may still be: it tells nothing else. */
    private PushEvent conversationMoved(MembersChannel channel) {
        return new PushEvent(
                        channel(channel.conversationId()),
                        "conversation-moved",
                        Payloads.json(new ConversationMovedPayload(channel.conversationId(), channel(channel))))
                .superseding("conversation-moved");
    }

    private RecordOutcome ofTyping(TypingChanged typing, Instant at) {
        // Before anything of it is kept: ids that no channel may have have any length.
        var _ = ChannelNames.user("userId", typing.getUserId());
        var _ = ChannelNames.conversation(typing.getConversationId());
        return typingPace.isNews(typing, at)
                ? RecordOutcome.push(typing(typing, at))
                : new RecordOutcome.Skip("typing_repeated");
    }

    /** Records may be ahead, too. */
    private Instant notAheadOfNow(Instant time) {
        Instant now = clock.instant();
        return time.isBefore(now) ? time : now;
    }

    private PushEvent newMessage(MessageSent message, String channel) {
        return new PushEvent(
                        channel, "new-message", json(NewMessage.of(message, DisplayText.cleaned(message.getContent()))))
                .exceptTo(message.getOriginSocketId()
                        .filter(Broadcasts::isSocketId)
                        .orElse(null));
    }

    /** The payload; if it is too long for one event, with its content cut and marked as truncated. */
    private String json(NewMessage message) {
        String whole = Payloads.json(message);
        if (whole.length() * MAX_BYTES_A_CHAR <= maxBytes()
                || whole.getBytes(StandardCharsets.UTF_8).length <= maxBytes()) {
            return whole;
        }
        int frame = Payloads.json(message.cutTo("")).getBytes(StandardCharsets.UTF_8).length;
        if (frame > maxBytes()) {
            throw new InvalidFieldException("messageId or senderId", "is too long for a push");
        }
        return Payloads.json(message.cutTo(DisplayText.fitting(message.content(), maxBytes() - frame)));
    }

    private List<PushEvent> typing(TypingChanged typing, Instant at) {
        String id = typing.getConversationId();
        return moved.keyOf(id)
                .map(key -> new MembersChannel(id, key))
                .map(channel -> onMembersChannel(channel, typing(typing, at, channel(channel))))
                .orElseGet(() -> List.of(typing(typing, at, channel(id))));
    }

    private static PushEvent typing(TypingChanged typing, Instant at, String channel) {
        return new PushEvent(
                        channel,
                        "typing",
                        Payloads.json(new Typing(
                                typing.getEventId(),
                                typing.getConversationId(),
                                checkedUser(typing.getUserId()),
                                typing.getTyping())))
                .until(at.plus(TYPING_LIFE))
                .superseding("typing/" + typing.getUserId());
    }

    private String channel(String conversationId) {
        return encrypted
                ? ChannelNames.encryptedConversation(conversationId)
                : ChannelNames.conversation(conversationId);
    }

    private String channel(MembersChannel channel) {
        return encrypted ? ChannelNames.encryptedMembers(channel) : ChannelNames.members(channel);
    }

    private int maxBytes() {
        return encrypted ? PushEvent.MAX_ENCRYPTED_DATA_BYTES : PushEvent.MAX_DATA_BYTES;
    }

    private static String checkedUser(String userId) {
        // A user has their own channel; an id that is invalid there is invalid here, too.
        var _ = ChannelNames.user("userId", userId);
        return userId;
    }

    /** Pusher rejects a batch if one socket id does not have the form {@code 123.456}. */
    private static boolean isSocketId(String text) {
        return text.matches("\\d{1,20}\\.\\d{1,20}");
    }
}

package com.threadly.notification.rule;

import static com.threadly.payload.Payloads.json;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.MessageSent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Combines the messages of one conversation to one user within one window into one notification. */
final class MessageRule {

    /** Per message, without the sender and duplicates: more than any real conversation has. */
    static final int MAX_RECIPIENTS = 10_000;

    private static final int NAME_GRAPHEMES = 40;
    private static final int PREVIEW_GRAPHEMES = 140;

    private record Metadata(String conversationId, int count) {}

    private final MessageTexts texts;
    private final Duration window;

    MessageRule(MessageTexts texts, Duration window) {
        this.texts = texts;
        this.window = window;
    }

    Decision decide(MessageSent message, Instant statedAt) {
        ChannelNames.conversation(message.getConversationId());
        ChannelNames.checked("messageId", message.getMessageId());
        ChannelNames.user("senderId", message.getSenderId());
        List<String> recipients = message.getRecipientIds().stream()
                .filter(recipient -> !recipient.equals(message.getSenderId()))
                .distinct()
                .toList();
        if (recipients.size() > MAX_RECIPIENTS) {
            throw new InvalidFieldException(
                    "recipientIds", String.format(Locale.ROOT, "names more than %d users", MAX_RECIPIENTS));
        }
        recipients.forEach(recipient -> ChannelNames.user("recipientIds", recipient));
        if (recipients.isEmpty()) {
            return new Decision.Skip("no_recipient");
        }
        String senderName = TextSanitizer.line(message.getSenderName().orElse(""), NAME_GRAPHEMES);
        String preview = TextSanitizer.line(message.getContent(), PREVIEW_GRAPHEMES);
        int fingerprint = List.of(message.getSenderId(), message.getSenderName().orElse(""), message.getContent())
                .hashCode();
        return new Decision.AddToDigest(recipients.stream()
                .map(recipient -> new DigestEntry(
                        digestId(message, statedAt, recipient),
                        recipient,
                        message.getConversationId(),
                        message.getMessageId(),
                        message.getEventId(),
                        message.getSenderId(),
                        senderName,
                        preview,
                        message.getOccurredAt(),
                        fingerprint))
                .toList());
    }

    Notification tell(Digest digest) {
        return new Notification(
                digest.id(),
                digest.userId(),
                NotificationType.MESSAGE,
                title(digest),
                message(digest),
                json(new Metadata(digest.conversationId(), digest.messages())),
                digest.firstAt(),
                digest.lastAt(),
                0,
                digest.revision(),
                null);
    }

    private String title(Digest digest) {
        String senderName = digest.senderName();
        if (senderName.isEmpty()) {
            return texts.of("message.title", digest.messages());
        }
        String key = digest.senders() == 1 ? "message.title_from" : "message.title_from_several";
        return texts.of(key, digest.messages(), texts.isolated(senderName), digest.senders() - 1);
    }

    private String message(Digest digest) {
        return digest.preview().isEmpty() ? texts.of("message.without_text") : digest.preview();
    }

    /** The window's number since 1970 identifies it. */
    private UUID digestId(MessageSent message, Instant statedAt, String recipient) {
        long number = Math.floorDiv(statedAt.toEpochMilli(), window.toMillis());
        return Ids.of("message", message.getConversationId(), recipient, Long.toString(number));
    }
}

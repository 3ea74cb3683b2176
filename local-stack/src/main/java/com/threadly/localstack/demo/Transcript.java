package com.threadly.localstack.demo;

import com.threadly.events.MessageSent;
import com.threadly.events.OrderStatusChanged;
import com.threadly.localstack.page.OrderStanding;
import com.threadly.localstack.page.SentMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What the message and order services would store about the live scene. For one thread at a time. */
final class Transcript {

    private static final int KEPT = 100;

    /** Who wrote a message, and how their page calls it. */
    private record DraftKey(String from, String draftId) {}

    private final Deque<SentMessage> messages = new ArrayDeque<>();
    private final SequencedMap<DraftKey, SentMessage> byDraft = new LinkedHashMap<>();
    private @Nullable OrderStanding order;

    /** What this draft has become already. */
    Optional<SentMessage> ofDraft(String from, @Nullable String draftId) {
        return draftId == null ? Optional.empty() : Optional.ofNullable(byDraft.get(new DraftKey(from, draftId)));
    }

    SentMessage add(MessageSent event, @Nullable String draftId) {
        var message = new SentMessage(
                event.getMessageId(),
                event.getConversationId(),
                event.getSenderId(),
                event.getContent(),
                event.getOccurredAt().toString());
        messages.addLast(message);
        if (messages.size() > KEPT) {
            messages.removeFirst();
        }
        if (draftId != null) {
            byDraft.put(new DraftKey(event.getSenderId(), draftId), message);
            if (byDraft.size() > KEPT) {
                byDraft.pollFirstEntry();
            }
        }
        return message;
    }

    void add(OrderStatusChanged event) {
        order = new OrderStanding(
                event.getOrderId(),
                event.getStatus().name(),
                event.getPreviousStatus().map(Enum::name).orElse(null),
                event.getOccurredAt().toString());
    }

    List<SentMessage> messages() {
        return List.copyOf(messages);
    }

    Optional<OrderStanding> order() {
        return Optional.ofNullable(order);
    }
}

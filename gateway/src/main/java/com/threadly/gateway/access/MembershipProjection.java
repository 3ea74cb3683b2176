package com.threadly.gateway.access;

import com.threadly.events.ChannelNames;
import com.threadly.events.ConversationMembersChanged;
import com.threadly.events.ConversationMoved;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.MembersChannel;
import com.threadly.events.MessageSent;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.Topics;
import com.threadly.gateway.publishing.EventSink;
import com.threadly.gateway.publishing.OutgoingEvent;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.Handler;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Projects memberships, and where orders stand, from events. Once somebody has left a conversation, announces each further channel of it to those
 * who push.
 */
public final class MembershipProjection implements Handler {

    private static final RecordOutcome STORED = RecordOutcome.push(List.of());

    private final AccessStore store;
    private final EventSink sink;
    private final Clock clock;

    public MembershipProjection(AccessStore store, EventSink sink, Clock clock) {
        this.store = store;
        this.sink = sink;
        this.clock = clock;
    }

    /** A record with an unusable field changes nothing: nobody gains access by it. */
    @Override
    public List<RecordOutcome> handle(List<DecodedRecord> records) throws UnavailableException {
        Instant now = clock.instant();
        var conversations = new ArrayList<Membership>();
        var orders = new ArrayList<OrderState>();
        var outcomes = new ArrayList<RecordOutcome>(records.size());
        for (DecodedRecord record : records) {
            outcomes.add(RecordOutcome.of(() -> switch (record.event()) {
                case MessageSent message -> noted(conversations, participants(record, message, now));
                case ConversationMembersChanged change -> noted(conversations, members(record, change, now));
                case OrderStatusChanged order -> noted(orders, state(record, order, now));
                default -> throw new IllegalArgumentException("tells of no membership: " + record.topic());
            }));
        }
        store.note(conversations, orders);
        if (!conversations.isEmpty()) {
            announce(conversations.stream().map(Membership::id).collect(Collectors.toSet()), now);
        }
        return outcomes;
    }

    /** From what is stored, so that a record that is read again after a crash announces what the crash prevented. */
    private void announce(Set<String> conversationIds, Instant now) throws UnavailableException {
        List<MembersChannel> channels = store.unannounced(conversationIds);
        if (!channels.isEmpty()) {
            sink.append(moves(channels, now));
            store.announced(channels);
        }
    }

    /** The announcements of {@code channels}. */
    static List<OutgoingEvent<?>> moves(List<MembersChannel> channels, Instant now) {
        return channels.stream()
                .<OutgoingEvent<?>>map(channel -> moved(channel, now))
                .toList();
    }

    private static OutgoingEvent<ConversationMoved> moved(MembersChannel channel, Instant now) {
        return new OutgoingEvent<>(
                Topics.CONVERSATION_CHANNELS,
                ConversationMoved.newBuilder()
                        .setEventId(UUID.randomUUID())
                        .setOccurredAt(now)
                        .setConversationId(channel.conversationId())
                        .setMembersKey(channel.key())
                        .build());
    }

    private static <T> RecordOutcome noted(List<T> all, T one) {
        all.add(one);
        return STORED;
    }

    static Membership participants(DecodedRecord record, MessageSent message, Instant now) {
        String id = conversation(record, message.getConversationId());
        Set<String> users = users("recipientIds", message.getRecipientIds());
        users.add(user("senderId", message.getSenderId()));
        return Membership.of(record, id, users, message.getOccurredAt(), now);
    }

    static Membership members(DecodedRecord record, ConversationMembersChanged change, Instant now) {
        String id = conversation(record, change.getConversationId());
        return Membership.of(record, id, users("memberIds", change.getMemberIds()), change.getOccurredAt(), now);
    }

    /** A valid id, by which the record is ordered. */
    private static String conversation(DecodedRecord record, String id) {
        ChannelNames.conversation(id);
        requireKey(record, "conversationId", id);
        return id;
    }

    private static Set<String> users(String field, List<String> ids) {
        Set<String> users = new HashSet<>();
        for (String id : ids) {
            users.add(user(field, id));
        }
        return users;
    }

    static OrderState state(DecodedRecord record, OrderStatusChanged order, Instant now) {
        String id = order.getOrderId();
        ChannelNames.order(id);
        requireKey(record, "orderId", id);
        Set<String> users = new HashSet<>();
        users.add(user("buyerId", order.getBuyerId()));
        users.add(user("sellerId", order.getSellerId()));
        return new OrderState(
                Membership.of(record, id, users, order.getOccurredAt(), now),
                Optional.of(order.getStatus()),
                order.getPreviousStatus());
    }

    private static String user(String field, String id) {
        ChannelNames.user(field, id);
        return id;
    }

    /** Records of another key may be on another partition, where no order with the others is kept. */
    private static void requireKey(DecodedRecord record, String field, String id) {
        if (!id.equals(record.key())) {
            throw new InvalidFieldException(field, "differs from the record's key");
        }
    }
}

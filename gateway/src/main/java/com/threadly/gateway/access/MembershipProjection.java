package com.threadly.gateway.access;

import com.threadly.events.ChannelNames;
import com.threadly.events.MessageSent;
import com.threadly.events.OrderStatusChanged;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.Handler;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.runtime.retry.UnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Projects memberships from message and order events. */
public final class MembershipProjection implements Handler {

    private static final RecordOutcome STORED = RecordOutcome.push(List.of());

    private final AccessStore store;

    public MembershipProjection(AccessStore store) {
        this.store = store;
    }

    @Override
    public List<RecordOutcome> handle(List<DecodedRecord> records) throws UnavailableException {
        var conversations = new HashMap<String, Membership>();
        var orders = new HashMap<String, Membership>();
        var effects = new ArrayList<RecordOutcome>(records.size());
        for (DecodedRecord record : records) {
            effects.add(RecordOutcome.of(() -> switch (record.event()) {
                case MessageSent message -> noted(conversations, participants(message));
                case OrderStatusChanged order -> noted(orders, parties(order));
                default -> throw new IllegalArgumentException("tells of no membership: " + record.topic());
            }));
        }
        store.note(conversations.values(), orders.values());
        return effects;
    }

    private static RecordOutcome noted(Map<String, Membership> memberships, Membership membership) {
        memberships.merge(membership.id(), membership, Membership::or);
        return STORED;
    }

    static Membership participants(MessageSent message) {
        ChannelNames.conversation(message.getConversationId());
        Set<String> users = new HashSet<>(message.getRecipientIds());
        users.add(message.getSenderId());
        return new Membership(message.getConversationId(), users, message.getOccurredAt());
    }

    static Membership parties(OrderStatusChanged order) {
        ChannelNames.order(order.getOrderId());
        Set<String> users = Set.copyOf(List.of(order.getBuyerId(), order.getSellerId()));
        return new Membership(order.getOrderId(), users, order.getOccurredAt());
    }
}

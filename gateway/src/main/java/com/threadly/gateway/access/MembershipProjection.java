package com.threadly.gateway.access;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.MessageSent;
import com.threadly.events.OrderStatusChanged;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.Handler;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Projects memberships from message and order events. */
public final class MembershipProjection implements Handler {

    private static final RecordOutcome STORED = RecordOutcome.push(List.of());

    private final AccessStore store;
    private final Clock clock;

    public MembershipProjection(AccessStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A record with an unusable field changes nothing: nobody gains access by it. */
    @Override
    public List<RecordOutcome> handle(List<DecodedRecord> records) throws UnavailableException {
        Instant now = clock.instant();
        var conversations = new ArrayList<Membership>();
        var orders = new ArrayList<Membership>();
        var outcomes = new ArrayList<RecordOutcome>(records.size());
        for (DecodedRecord record : records) {
            outcomes.add(RecordOutcome.of(() -> switch (record.event()) {
                case MessageSent message -> noted(conversations, participants(record, message, now));
                case OrderStatusChanged order -> noted(orders, parties(record, order, now));
                default -> throw new IllegalArgumentException("tells of no membership: " + record.topic());
            }));
        }
        store.note(conversations, orders);
        return outcomes;
    }

    private static RecordOutcome noted(List<Membership> memberships, Membership membership) {
        memberships.add(membership);
        return STORED;
    }

    static Membership participants(DecodedRecord record, MessageSent message, Instant now) {
        String id = message.getConversationId();
        ChannelNames.conversation(id);
        requireKey(record, "conversationId", id);
        Set<String> users = new HashSet<>();
        for (String recipient : message.getRecipientIds()) {
            users.add(user("recipientIds", recipient));
        }
        users.add(user("senderId", message.getSenderId()));
        return Membership.of(record, id, users, message.getOccurredAt(), now);
    }

    static Membership parties(DecodedRecord record, OrderStatusChanged order, Instant now) {
        String id = order.getOrderId();
        ChannelNames.order(id);
        requireKey(record, "orderId", id);
        Set<String> users = new HashSet<>();
        users.add(user("buyerId", order.getBuyerId()));
        users.add(user("sellerId", order.getSellerId()));
        return Membership.of(record, id, users, order.getOccurredAt(), now);
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

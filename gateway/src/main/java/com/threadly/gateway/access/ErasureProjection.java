package com.threadly.gateway.access;

import com.threadly.events.ChannelNames;
import com.threadly.events.UserErased;
import com.threadly.gateway.access.ErasedMembers.Conversation;
import com.threadly.gateway.publishing.EventSink;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.Handler;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes erased users from what the gateway keeps. Their conversations go on in other channels, as if they had left: a
 * connection that they still have hears nothing any more.
 */
public final class ErasureProjection implements Handler {

    private static final Logger log = LoggerFactory.getLogger(ErasureProjection.class);

    private static final RecordOutcome STORED = RecordOutcome.push(List.of());

    private final ErasedMembers members;
    private final EventSink sink;
    private final Clock clock;

    public ErasureProjection(ErasedMembers members, EventSink sink, Clock clock) {
        this.members = members;
        this.sink = sink;
        this.clock = clock;
    }

    @Override
    public List<RecordOutcome> handle(List<DecodedRecord> records) throws UnavailableException {
        var erasures = new ArrayList<UserErased>();
        var outcomes = new ArrayList<RecordOutcome>(records.size());
        for (DecodedRecord record : records) {
            outcomes.add(RecordOutcome.of(() -> {
                erasures.add(checked(record));
                return STORED;
            }));
        }
        for (UserErased erasure : erasures) {
            erase(erasure);
        }
        return outcomes;
    }

    private static UserErased checked(DecodedRecord record) {
        var erasure = (UserErased) record.event();
        ChannelNames.user("userId", erasure.getUserId());
        return erasure;
    }

    private void erase(UserErased erasure) throws UnavailableException {
        String userId = erasure.getUserId();
        members.note(userId, erasure.getOccurredAt());
        long conversations = leaveAll(userId);
        long orders = 0;
        for (long some = members.removeFromOrders(userId); some > 0; some = members.removeFromOrders(userId)) {
            orders += some;
        }
        long settings = members.removeSettings(userId);
        // By the event's id: a log is no place for whom it was.
        log.atInfo()
                .addKeyValue("erasure", erasure.getEventId())
                .addKeyValue("conversations", conversations)
                .addKeyValue("orders", orders)
                .addKeyValue("settings", settings)
                .log("erased a user's memberships and settings");
    }

    /** Announced first, so that a crash before the user is removed leaves something to find. */
    private long leaveAll(String userId) throws UnavailableException {
        long left = 0;
        List<Conversation> some = members.conversationsOf(userId);
        while (!some.isEmpty()) {
            sink.append(MembershipProjection.moves(
                    some.stream().map(Conversation::channel).toList(), clock.instant()));
            left += members.leave(userId, some);
            some = members.conversationsOf(userId);
        }
        return left;
    }
}

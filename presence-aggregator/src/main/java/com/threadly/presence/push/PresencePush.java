package com.threadly.presence.push;

import com.threadly.events.ChannelNames;
import com.threadly.events.PresenceCount;
import com.threadly.events.UserPresence;
import com.threadly.events.UserStatus;
import com.threadly.payload.Payloads;
import com.threadly.payload.PresenceCountPayload;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.Handler;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.pusher.PushEvent;
import java.time.Duration;
import java.util.List;

/**
 * Pushes viewer counts to channels, and users' statuses to their channels. Of events that wait for a slow Pusher, only
 * the latest count or status is pushed.
 *
 * <p>A count is dropped by rule when its window ended a whole window ago. Until then it is worth pushing even if it
 * waited for Pusher or for a failover: each change publishes a new count, so the latest one is still correct.
 */
public final class PresencePush implements Handler {

    private final Duration window;
    private final LastPushedCounts published;

    /**
     * How to push.
     *
     * @param window window length of the counts
     */
    public PresencePush(Duration window) {
        this.window = window;
        this.published = new LastPushedCounts(window);
    }

    @Override
    public List<RecordOutcome> handle(List<DecodedRecord> records) {
        return records.stream()
                .map(record -> RecordOutcome.of(() -> outcome(record)))
                .toList();
    }

    private RecordOutcome outcome(DecodedRecord record) {
        return switch (record.event()) {
            case PresenceCount count -> outcome(count);
            case UserPresence presence -> outcome(presence);
            default -> throw new IllegalArgumentException("tells of no presence: " + record.topic());
        };
    }

    private RecordOutcome outcome(PresenceCount count) {
        String channel = ChannelNames.checked("channel", count.getChannel());
        if (!published.isNews(count)) {
            return new RecordOutcome.Skip("unchanged_count");
        }
        return RecordOutcome.push(
                List.of(new PushEvent(channel, "presence-count", Payloads.json(PresenceCountPayload.of(count)))
                        .until(count.getWindowEnd().plus(window))
                        .superseding("presence-count")));
    }

    private static RecordOutcome outcome(UserPresence presence) {
        return presence.getStatus() == UserStatus.UNKNOWN
                ? new RecordOutcome.Skip("unknown_status")
                : RecordOutcome.push(List.of(StatusPush.of(presence)));
    }
}

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
import java.util.ArrayList;
import java.util.List;

/**
 * Pushes viewer counts and users' statuses to cache channels, of which Pusher hands the last event to whoever
 * subscribes. Of events that wait for a slow Pusher, only the latest count or status is pushed; none becomes stale, as a
 * number that has not changed is not published again.
 *
 * <p>For clients of the release before, presence channels get the same.
 */
public final class PresencePush implements Handler {

    private static final String COUNT = "presence-count";

    @Override
    public List<RecordOutcome> handle(List<DecodedRecord> records) {
        return records.stream()
                .map(record -> RecordOutcome.of(() -> outcome(record)))
                .toList();
    }

    private static RecordOutcome outcome(DecodedRecord record) {
        return switch (record.event()) {
            case PresenceCount count -> outcome(count);
            case UserPresence presence -> outcome(presence);
            default -> throw new IllegalArgumentException("tells of no presence: " + record.topic());
        };
    }

    private static RecordOutcome outcome(PresenceCount count) {
        String channel = ChannelNames.checked("channel", count.getChannel());
        if (!count.getOccurredAt().isBefore(count.getWindowEnd())) {
            return new RecordOutcome.Skip("closed_window");
        }
        String payload = Payloads.json(PresenceCountPayload.of(count));
        var events = new ArrayList<PushEvent>();
        if (count.getPush()) {
            ChannelNames.viewersOf(channel).ifPresent(viewers -> events.add(event(viewers, payload)));
        }
        // Of its own listeners nothing is known, but that an empty one has none.
        if (count.getPresent() > 0) {
            events.add(event(channel, payload));
        }
        return events.isEmpty() ? new RecordOutcome.Skip("not_awaited") : RecordOutcome.push(events);
    }

    private static PushEvent event(String channel, String payload) {
        return new PushEvent(channel, COUNT, payload).superseding(COUNT);
    }

    private static RecordOutcome outcome(UserPresence presence) {
        return presence.getStatus() == UserStatus.UNKNOWN
                ? new RecordOutcome.Skip("unknown_status")
                : RecordOutcome.push(StatusPush.of(presence));
    }
}

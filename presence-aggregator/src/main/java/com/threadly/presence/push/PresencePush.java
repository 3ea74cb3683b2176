package com.threadly.presence.push;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.PresenceCount;
import com.threadly.events.Topics;
import com.threadly.events.UserPresence;
import com.threadly.events.UserSettingsChanged;
import com.threadly.events.UserStatus;
import com.threadly.payload.Payloads;
import com.threadly.payload.PresenceCountPayload;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.Handler;
import com.threadly.pipeline.ReadProgress;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.pipeline.Tombstone;
import com.threadly.pusher.PushEvent;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Pushes viewer counts and users' statuses to cache channels, of which Pusher hands the last event to whoever
 * subscribes. Of events that wait for a slow Pusher, only the latest count or status is pushed; none becomes stale, as a
 * number that has not changed is not published again.
 *
 * <p>Who appears offline is offline for others from that choice on: what they do is not pushed.
 *
 * <p>For clients of the release before, presence channels get the same.
 */
public final class PresencePush implements Handler {

    private static final String COUNT = "presence-count";

    /** For how long a status that cannot be read is waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HiddenUsers hidden;
    private final ReadProgress settings;
    private final StatusReader statuses;
    private final Clock clock;

    /** @param settings how far {@code hidden} has been read */
    public PresencePush(HiddenUsers hidden, ReadProgress settings, StatusReader statuses, Clock clock) {
        this.hidden = hidden;
        this.settings = settings;
        this.statuses = statuses;
        this.clock = clock;
    }

    @Override
    public List<RecordOutcome> handle(List<DecodedRecord> records) throws UnavailableException {
        DecodedRecord last = records.getLast();
        if (last.topic().equals(Topics.USER_SETTINGS_EVENTS.name())) {
            settings.requireRead(last.partition(), last.offset());
        } else if (last.topic().equals(Topics.USER_PRESENCE.name())) {
            settings.requireLoaded();
        }
        var outcomes = new ArrayList<RecordOutcome>(records.size());
        for (DecodedRecord record : records) {
            outcomes.add(outcome(record));
        }
        return outcomes;
    }

    private RecordOutcome outcome(DecodedRecord record) throws UnavailableException {
        try {
            return switch (record.event()) {
                case PresenceCount count -> outcome(count);
                case UserPresence presence -> outcome(presence);
                case UserSettingsChanged changed -> outcome(record, changed);
                case Tombstone _ -> shown(record);
                default -> throw new IllegalArgumentException("tells of no presence: " + record.topic());
            };
        } catch (InvalidFieldException e) {
            return new RecordOutcome.Invalid(String.valueOf(e.getMessage()));
        }
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

    private RecordOutcome outcome(UserPresence presence) {
        if (presence.getStatus() == UserStatus.UNKNOWN) {
            return new RecordOutcome.Skip("unknown_status");
        }
        return hidden.contains(presence.getUserId())
                ? new RecordOutcome.Skip("appears_offline")
                : RecordOutcome.push(StatusPush.of(presence.getUserId(), presence.getStatus(), presence.getLastSeen()));
    }

    private RecordOutcome outcome(DecodedRecord record, UserSettingsChanged changed) throws UnavailableException {
        if (!changed.getUserId().equals(record.key())) {
            throw new InvalidFieldException("userId", "differs from the record's key");
        }
        return hidden.isSinceThe(changed)
                ? RecordOutcome.push(StatusPush.of(changed.getUserId(), UserStatus.OFFLINE, changed.getOccurredAt()))
                : shown(record);
    }

    /** By the settings that count now, which may be later than the record's. */
    private RecordOutcome shown(DecodedRecord record) throws UnavailableException {
        String userId = record.key();
        var _ = ChannelNames.status(userId);
        if (hidden.contains(userId)) {
            return new RecordOutcome.Skip("appears_offline");
        }
        try {
            return statuses.of(userId)
                    .map(user -> RecordOutcome.push(
                            StatusPush.of(userId, user.status(), Instant.ofEpochMilli(user.lastSeen()))))
                    .orElseGet(() -> new RecordOutcome.Skip("not_seen"));
        } catch (UnavailableException e) {
            if (record.timestamp().plus(PATIENCE).isAfter(clock.instant())) {
                throw e;
            }
            // The next change of status shows.
            return new RecordOutcome.Skip("status_unavailable");
        }
    }
}

package com.threadly.presence.push;

import com.threadly.events.Channels;
import com.threadly.events.PresenceCount;
import com.threadly.events.UserPresence;
import com.threadly.events.UserStatus;
import com.threadly.payload.Payloads;
import com.threadly.payload.PresenceCountPayload;
import com.threadly.pipeline.Effect;
import com.threadly.pipeline.Handler;
import com.threadly.pipeline.Incoming;
import com.threadly.pusher.PushEvent;
import java.time.Duration;
import java.util.List;

/**
 * Tells channels how many look at them, and users' channels whether the users are here. Of what waits for a slow Pusher
 * only the latest count, or status, goes.
 *
 * <p>A count is dropped by rule when its window lies a whole window back. Until then
 * it is worth telling even if it waited for Pusher or for a failover: a count is followed by another as soon as it
 * changes, so the latest one is still true.
 */
public final class PresencePush implements Handler {

    private final Duration window;
    private final ShownCounts shown;

    /**
     * How to push.
     *
     * @param window length of the windows of counts
     */
    public PresencePush(Duration window) {
        this.window = window;
        this.shown = new ShownCounts(window);
    }

    @Override
    public List<Effect> handle(List<Incoming> records) {
        return records.stream().map(record -> Effect.of(() -> effect(record))).toList();
    }

    private Effect effect(Incoming record) {
        return switch (record.event()) {
            case PresenceCount count -> effect(count);
            case UserPresence presence -> effect(presence);
            default -> new Effect.Skip("unexpected_type");
        };
    }

    private Effect effect(PresenceCount count) {
        String channel = Channels.checked("channel", count.getChannel());
        if (!shown.isNews(count)) {
            return new Effect.Skip("unchanged_count");
        }
        return Effect.push(
                List.of(new PushEvent(channel, "presence-count", Payloads.json(PresenceCountPayload.of(count)))
                        .until(count.getWindowEnd().plus(window))
                        .superseding("presence-count")));
    }

    private static Effect effect(UserPresence presence) {
        return presence.getStatus() == UserStatus.UNKNOWN
                ? new Effect.Skip("unknown_status")
                : Effect.push(List.of(StatusPush.of(presence)));
    }
}

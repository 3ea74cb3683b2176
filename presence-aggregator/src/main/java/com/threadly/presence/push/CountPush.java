package com.threadly.presence.push;

import com.threadly.common.payload.Payloads;
import com.threadly.common.pipeline.Effect;
import com.threadly.common.pipeline.Handler;
import com.threadly.common.pipeline.Incoming;
import com.threadly.common.push.Channels;
import com.threadly.common.push.PushEvent;
import com.threadly.events.PresenceCount;
import java.time.Duration;
import java.util.List;

/**
 * Tells a channel how many look at it. A count is dropped by rule when its window lies a whole window back. Until then
 * it is worth telling even if it waited for Pusher or for a failover: a count is followed by another as soon as it
 * changes, so the latest one is still true.
 */
public final class CountPush implements Handler {

    private final Duration window;
    private final ShownCounts shown;

    /**
     * How to push counts.
     *
     * @param window their windows' length
     */
    public CountPush(Duration window) {
        this.window = window;
        this.shown = new ShownCounts(window);
    }

    @Override
    public List<Effect> handle(List<Incoming> records) {
        return records.stream().map(record -> Effect.of(() -> effect(record))).toList();
    }

    private Effect effect(Incoming record) {
        if (!(record.event() instanceof PresenceCount count)) {
            return new Effect.Skip("unexpected_type");
        }
        String channel = Channels.checked("channel", count.getChannel());
        if (!shown.isNews(count)) {
            return new Effect.Skip("unchanged_count");
        }
        return Effect.push(
                List.of(new PushEvent(channel, "presence-count", Payloads.json(PresenceCountPayload.of(count)))
                        .until(count.getWindowEnd().plus(window))));
    }
}

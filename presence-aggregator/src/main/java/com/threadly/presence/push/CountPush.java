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
 * Tells a channel how many look at it. A count older than its window and one advance is dropped by rule: a later one is
 * on its way, or the channel is silent.
 */
public final class CountPush implements Handler {

    private final Duration advance;
    private final ShownCounts shown;

    /**
     * How to push counts.
     *
     * @param window their windows' length
     * @param advance how long a count stays worth telling after its window's end
     */
    public CountPush(Duration window, Duration advance) {
        this.advance = advance;
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
                        .until(count.getWindowEnd().plus(advance))));
    }
}

package com.threadly.fanout;

import com.threadly.events.TypingChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Which typing events are news: a change, or a repeat when the last one is a second old. By event time, so that it is
 * the same at any reading speed.
 */
final class TypingPace {

    private static final Duration PACE = Duration.ofSeconds(1);
    /** Enough for all who type at once; one that is forgotten costs a repeat. */
    private static final int LIMIT = 50_000;

    private static final int SWEEP_FROM = 1024;

    private record Writer(String conversationId, String userId) {}

    private record Sign(UUID eventId, boolean typing, Instant at) {}

    private final Map<Writer, Sign> last = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Writer, Sign> eldest) {
            return size() > LIMIT;
        }
    };
    private int sweepAt = SWEEP_FROM;

    /** Idempotent for the same event, which occurred {@code at}. */
    synchronized boolean isNews(TypingChanged event, Instant at) {
        var writer = new Writer(event.getConversationId(), event.getUserId());
        Sign before = last.get(writer);
        boolean news = before == null
                || before.eventId().equals(event.getEventId())
                || before.typing() != event.getTyping()
                || !before.at().plus(PACE).isAfter(at);
        if (news) {
            last.put(writer, new Sign(event.getEventId(), event.getTyping(), at));
            sweepWhenGrown(at);
        }
        return news;
    }

    synchronized int size() {
        return last.size();
    }

    private void sweepWhenGrown(Instant now) {
        if (last.size() >= sweepAt) {
            last.values().removeIf(sign -> !sign.at().plus(PACE).isAfter(now));
            sweepAt = Math.max(SWEEP_FROM, 2 * last.size());
        }
    }
}

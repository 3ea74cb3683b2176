package com.threadly.localstack.check;

import com.threadly.localstack.check.ParsedPush.Count;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One digest: its counts rise from push to push, may skip some, and end at the number of its messages. */
final class ExpectedDigest {

    private static final String NAME = "notification";

    /** A message that the digest counts. */
    private record Counted(UUID eventId, Instant published) {}

    private final List<Counted> messages = new ArrayList<>();
    private final BitSet counts = new BitSet();
    private final Map<Integer, Instant> arrivals = new HashMap<>();
    private @Nullable String notificationId;

    void expectOneMore(UUID eventId, Instant at) {
        messages.add(new Counted(eventId, at));
    }

    boolean isComplete() {
        return counts.get(messages.size());
    }

    /** {@code late}: a later digest of the same user and conversation has begun. */
    void arrived(Count seen, boolean late, Instant at, Tally tally) {
        notificationId = notificationId == null ? seen.notificationId() : notificationId;
        String what = String.format(Locale.ROOT, "%s counts %d of %d messages", seen, seen.count(), messages.size());
        if (seen.count() < 1
                || seen.count() > messages.size()
                || !seen.notificationId().equals(notificationId)) {
            tally.unexpected(what + ", whose earlier id was " + notificationId);
            return;
        }
        int count = (int) seen.count();
        int furthest = counts.length() - 1;
        if (counts.get(count)) {
            Counted last = messages.get(count - 1);
            tally.duplicated(
                    new Repeat(what, NAME, last.eventId(), last.published(), arrivals.getOrDefault(count, at), at));
        } else {
            tally.delivered(messages.get(count - 1).published(), at);
            if (late || count < furthest) {
                tally.outOfOrder(what + ", after a later one");
            }
        }
        counts.set(count);
        arrivals.put(count, at);
    }

    String state() {
        return String.format(
                Locale.ROOT, "%d of %d messages counted", Math.max(0, counts.length() - 1), messages.size());
    }
}

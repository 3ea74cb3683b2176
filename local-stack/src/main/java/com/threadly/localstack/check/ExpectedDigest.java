package com.threadly.localstack.check;

import com.threadly.localstack.check.ParsedPush.Count;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One digest: its counts rise from push to push, may skip some, and end at the number of its messages. */
final class ExpectedDigest {

    private final List<Instant> published = new ArrayList<>();
    private final BitSet counts = new BitSet();
    private @Nullable String notificationId;

    void expectOneMore(Instant at) {
        published.add(at);
    }

    boolean isComplete() {
        return counts.get(published.size());
    }

    /** {@code late}: a later digest of the same user and conversation has begun. */
    void arrived(Count seen, boolean late, Instant at, Tally tally) {
        notificationId = notificationId == null ? seen.notificationId() : notificationId;
        String what = String.format(Locale.ROOT, "%s counts %d of %d messages", seen, seen.count(), published.size());
        if (seen.count() < 1
                || seen.count() > published.size()
                || !seen.notificationId().equals(notificationId)) {
            tally.unexpected(what + ", whose earlier id was " + notificationId);
            return;
        }
        int count = (int) seen.count();
        int furthest = counts.length() - 1;
        if (counts.get(count)) {
            tally.duplicated(what);
        } else {
            tally.delivered(published.get(count - 1), at);
            if (late || count < furthest) {
                tally.outOfOrder(what + ", after a later one");
            }
        }
        counts.set(count);
    }

    String state() {
        return String.format(
                Locale.ROOT, "%d of %d messages counted", Math.max(0, counts.length() - 1), published.size());
    }
}

package com.threadly.stack.check;

import com.threadly.stack.check.Seen.Count;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** One digest: its counts rise from push to push, some may be skipped, the last is the number of its messages. */
final class Digest {

    private final List<Instant> published = new ArrayList<>();
    private final BitSet counts = new BitSet();

    void expectOneMore(Instant at) {
        published.add(at);
    }

    boolean isComplete() {
        return counts.get(published.size());
    }

    void arrived(Count seen, Instant at, Tally tally) {
        String what = "%s notification %s: count %d of %d messages of %s"
                .formatted(
                        seen.channel(), seen.notificationId(), seen.count(), published.size(), seen.conversationId());
        if (seen.count() < 1 || seen.count() > published.size()) {
            tally.unexpected(what);
            return;
        }
        int count = (int) seen.count();
        int furthest = counts.length() - 1;
        if (counts.get(count)) {
            tally.duplicated(what);
        } else if (count < furthest) {
            tally.outOfOrder(what + " came after " + furthest);
        } else {
            tally.delivered(published.get(count - 1), at);
        }
        counts.set(count);
    }

    String state() {
        return "%d of %d messages counted".formatted(Math.max(0, counts.length() - 1), published.size());
    }
}

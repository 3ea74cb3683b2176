package com.threadly.localstack.check;

import com.threadly.localstack.check.Expected.Digested;
import com.threadly.localstack.check.ParsedPush.Count;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The digests of messages: one per user, conversation and window, in the order of the windows. */
final class ExpectedDigests {

    private record LineId(String channel, String conversationId) {}

    private static final class Line {
        final TreeMap<Instant, ExpectedDigest> windows = new TreeMap<>();
        Instant furthest = Instant.MIN;
    }

    private final Tally tally;
    private final Map<LineId, Line> lines = new LinkedHashMap<>();
    private int expected;
    private int missing;

    ExpectedDigests(Tally tally) {
        this.tally = tally;
    }

    void expect(Digested one, UUID eventId, Instant published) {
        Line line = lines.computeIfAbsent(new LineId(one.channel(), one.conversationId()), _ -> new Line());
        ExpectedDigest digest = line.windows.get(one.windowStart());
        if (digest == null) {
            digest = new ExpectedDigest();
            line.windows.put(one.windowStart(), digest);
            expected++;
            missing++;
        } else if (digest.isComplete()) {
            missing++;
        }
        digest.expectOneMore(eventId, published);
    }

    void arrived(Count seen, Instant at) {
        Line line = lines.get(new LineId(seen.channel(), seen.conversationId()));
        ExpectedDigest digest = line == null ? null : line.windows.get(seen.windowStart());
        if (line == null || digest == null) {
            tally.unexpected(seen.toString());
            return;
        }
        boolean before = digest.isComplete();
        boolean late = seen.windowStart().isBefore(line.furthest);
        digest.arrived(seen, late, at, tally);
        line.furthest = late ? line.furthest : seen.windowStart();
        if (!before && digest.isComplete()) {
            missing--;
        }
    }

    int expected() {
        return expected;
    }

    int missing() {
        return missing;
    }

    /** {@code lost}, and the digests whose last count is not the number of their messages. */
    Finding and(Finding lost) {
        Finding all = lost;
        for (Map.Entry<LineId, Line> line : lines.entrySet()) {
            for (Map.Entry<Instant, ExpectedDigest> window :
                    line.getValue().windows.entrySet()) {
                if (!window.getValue().isComplete()) {
                    all = all.and("%s since %s: %s"
                            .formatted(
                                    line.getKey(),
                                    window.getKey(),
                                    window.getValue().state()));
                }
            }
        }
        return all;
    }
}

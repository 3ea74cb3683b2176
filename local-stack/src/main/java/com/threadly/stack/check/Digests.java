package com.threadly.stack.check;

import com.threadly.stack.check.Expected.Digested;
import com.threadly.stack.check.Seen.Count;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The digests of messages. A notification does not name its window, but those of one user and conversation begin in the
 * order of their windows: the nth id that shows up is the nth window's.
 */
final class Digests {

    private record Line(String channel, String conversationId) {}

    private record Id(Line line, String notificationId) {}

    private final Tally tally;
    private final Map<Line, Map<Instant, Digest>> lines = new LinkedHashMap<>();
    private final Map<Id, Digest> named = new HashMap<>();
    private final Map<Line, Integer> begun = new HashMap<>();
    private int expected;
    private int missing;

    Digests(Tally tally) {
        this.tally = tally;
    }

    void expect(Digested one, Instant published) {
        Map<Instant, Digest> windows =
                lines.computeIfAbsent(new Line(one.channel(), one.conversationId()), _ -> new LinkedHashMap<>());
        Digest digest = windows.get(one.windowStart());
        if (digest == null) {
            digest = new Digest();
            windows.put(one.windowStart(), digest);
            expected++;
            missing++;
        } else if (digest.isComplete()) {
            missing++;
        }
        digest.expectOneMore(published);
    }

    void arrived(Count seen, Instant at) {
        Line line = new Line(seen.channel(), seen.conversationId());
        Id id = new Id(line, seen.notificationId());
        Digest digest = named.get(id);
        if (digest == null) {
            int nth = begun.merge(line, 1, Integer::sum) - 1;
            Map<Instant, Digest> windows = lines.getOrDefault(line, Map.of());
            if (nth >= windows.size()) {
                tally.unexpected(seen.toString());
                return;
            }
            digest = nth(windows, nth);
            named.put(id, digest);
        }
        boolean before = digest.isComplete();
        digest.arrived(seen, at, tally);
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

    Finding lost(Finding others) {
        Finding lost = others;
        for (Map.Entry<Line, Map<Instant, Digest>> line : lines.entrySet()) {
            for (Map.Entry<Instant, Digest> window : line.getValue().entrySet()) {
                if (!window.getValue().isComplete()) {
                    lost = lost.and("%s notification for %s since %s: %s"
                            .formatted(
                                    line.getKey().channel(),
                                    line.getKey().conversationId(),
                                    window.getKey(),
                                    window.getValue().state()));
                }
            }
        }
        return lost;
    }

    private static Digest nth(Map<Instant, Digest> windows, int n) {
        Iterator<Digest> digests = windows.values().iterator();
        for (int skipped = 0; skipped < n; skipped++) {
            digests.next();
        }
        return digests.next();
    }
}

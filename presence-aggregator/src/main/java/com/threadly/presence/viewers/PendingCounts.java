package com.threadly.presence.viewers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Channels to count within the push interval, each once. Only in memory: short-lived, and derivable from changed
 * channels.
 */
final class PendingCounts {

    private final NavigableMap<Long, List<String>> byTime = new TreeMap<>();
    private final Set<String> waiting = new HashSet<>();

    /** Adds a channel, unless it is already waiting. */
    void add(String channel, long at) {
        if (waiting.add(channel)) {
            byTime.computeIfAbsent(at, _ -> new ArrayList<>(1)).add(channel);
        }
    }

    /** Removes and returns those due at {@code now}, the earliest first, at most about {@code limit}. */
    List<String> takeDue(long now, int limit) {
        var due = new ArrayList<String>();
        while (due.size() < limit && !byTime.isEmpty() && byTime.firstKey() <= now) {
            due.addAll(byTime.pollFirstEntry().getValue());
        }
        due.forEach(waiting::remove);
        return due;
    }
}

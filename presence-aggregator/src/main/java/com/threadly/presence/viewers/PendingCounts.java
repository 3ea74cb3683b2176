package com.threadly.presence.viewers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Channels that are to be counted within the push interval, each once. In memory only, as it is short-lived, and
 * follows from the channels that say they have changed.
 */
final class PendingCounts {

    private final NavigableMap<Long, List<String>> byTime = new TreeMap<>();
    private final Set<String> waiting = new HashSet<>();

    /** Adds a channel, unless it waits already. */
    void add(String channel, long at) {
        if (waiting.add(channel)) {
            byTime.computeIfAbsent(at, _ -> new ArrayList<>(1)).add(channel);
        }
    }

    /** Takes out those that are due at {@code now}, the earliest first, until they are {@code limit} or more. */
    List<String> takeDue(long now, int limit) {
        var due = new ArrayList<String>();
        while (due.size() < limit && !byTime.isEmpty() && byTime.firstKey() <= now) {
            due.addAll(byTime.pollFirstEntry().getValue());
        }
        due.forEach(waiting::remove);
        return due;
    }
}

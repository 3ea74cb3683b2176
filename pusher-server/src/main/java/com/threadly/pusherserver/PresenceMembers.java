package com.threadly.pusherserver;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who is in a presence channel. A user is in it from his first connection to his last. Guarded by its channel. */
final class PresenceMembers {

    private final Map<String, ChannelMember> members = new LinkedHashMap<>();
    private final Map<String, Integer> connections = new HashMap<>();

    /** Counts one more connection of {@code member}, and says whether it is his first. */
    boolean join(ChannelMember member) {
        members.putIfAbsent(member.id(), member);
        return connections.merge(member.id(), 1, Integer::sum) == 1;
    }

    /** Counts one connection of {@code member} less, and says whether it was his last. */
    boolean leave(ChannelMember member) {
        if (connections.computeIfPresent(member.id(), (id, count) -> count == 1 ? null : count - 1) != null) {
            return false;
        }
        return members.remove(member.id()) != null;
    }

    boolean contains(ChannelMember member) {
        return members.containsKey(member.id());
    }

    int size() {
        return members.size();
    }

    Map<String, ChannelMember> byId() {
        return Collections.unmodifiableMap(members);
    }
}

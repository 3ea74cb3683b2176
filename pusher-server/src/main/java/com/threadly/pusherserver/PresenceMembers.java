package com.threadly.pusherserver;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The members of a presence channel. A user is one from the first connection to the last. Guarded by its channel. */
final class PresenceMembers {

    private final Map<String, ChannelMember> members = new LinkedHashMap<>();
    private final Map<String, Integer> connections = new HashMap<>();

    /** Adds a connection of {@code member}; true if it is the first. */
    boolean join(ChannelMember member) {
        members.putIfAbsent(member.id(), member);
        return connections.merge(member.id(), 1, Integer::sum) == 1;
    }

    /** Removes a connection of {@code member}; true if it was the last. */
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

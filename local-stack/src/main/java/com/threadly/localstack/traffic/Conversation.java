package com.threadly.localstack.traffic;

import java.util.List;

/** Two or more people who write to each other. */
public record Conversation(String id, List<Person> members) {

    public Conversation {
        members = List.copyOf(members);
    }

    /** The channel of its messages. */
    public String channel() {
        return "private-conversation-" + id;
    }

    List<String> othersThan(Person sender) {
        return members.stream()
                .filter(member -> !member.equals(sender))
                .map(Person::id)
                .toList();
    }
}

package com.threadly.localstack.traffic;

/** A user of the marketplace. */
public record Person(String id, String name) {

    /** Where this person's notifications go. */
    public String channel() {
        return "private-user-" + id;
    }
}

package com.threadly.localstack.traffic;

/** A user of the marketplace. */
public record Person(String id, String name) {

    /** The channel of this person's notifications. */
    public String channel() {
        return "private-user-" + id;
    }
}

package com.threadly.localstack.faults;

/** The {@code number}-th message of a conversation, from 0. */
record Message(String conversation, int number) {

    private static final char SEPARATOR = '/';

    static Message of(String id) {
        int at = id.indexOf(SEPARATOR);
        return new Message(id.substring(0, at), Integer.parseInt(id.substring(at + 1)));
    }

    String id() {
        return conversation + SEPARATOR + number;
    }
}

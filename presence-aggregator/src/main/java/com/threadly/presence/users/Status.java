package com.threadly.presence.users;

/** A user's status, in ascending order: the highest of any channel is the user's. */
public enum Status {
    OFFLINE('-'),
    AWAY('~'),
    ONLINE('+');

    private final char code;

    Status(char code) {
        this.code = code;
    }

    /** Its code in stored bytes. */
    byte code() {
        return (byte) code;
    }

    static Status of(byte code) {
        for (Status status : values()) {
            if (status.code() == code) {
                return status;
            }
        }
        throw new IllegalArgumentException("no status has the code " + code);
    }
}

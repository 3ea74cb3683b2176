package com.threadly.presence.users;

/** Whether a user is here, in ascending order: the best that any channel says is the user's. */
public enum Status {
    OFFLINE('-'),
    AWAY('~'),
    ONLINE('+');

    private final char code;

    Status(char code) {
        this.code = code;
    }

    /** What stands for it in stored bytes. */
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

package com.threadly.presence.signal;

/** The kind of a presence signal. */
public enum Signal {
    /** Has become a member, and is active. */
    JOINED('+'),
    /** Says that it is there, and active. */
    SEEN('='),
    /** Says that it is there, but idle. */
    AWAY('~'),
    /** Gone. */
    LEFT('-'),
    /** Somebody listens for the channel's count, and wants to know it. */
    OCCUPIED('o'),
    /** Nobody listens for the channel's count any more. */
    VACATED('v'),
    /** To be forgotten, and never to be known again. */
    ERASED('x'),
    /** Time has passed in the partition. */
    TICK('t'),
    /** As {@link #TICK}, and those who count by user need to know. */
    CLOCK('c');

    private final char code;

    Signal(char code) {
        this.code = code;
    }

    /** Its code in stored bytes. */
    public byte code() {
        return (byte) code;
    }

    /** Whether the user's browser said so. */
    public boolean isHeartbeat() {
        return this == SEEN || this == AWAY;
    }

    /** Whether a user was there, or left. */
    public boolean isOfUser() {
        return this == JOINED || this == LEFT || isHeartbeat();
    }

    /** Whether only time has passed. */
    public boolean isTime() {
        return this == TICK || this == CLOCK;
    }

    public static Signal of(byte code) {
        for (Signal sign : values()) {
            if (sign.code() == code) {
                return sign;
            }
        }
        throw new IllegalArgumentException("no signal has the code " + code);
    }
}

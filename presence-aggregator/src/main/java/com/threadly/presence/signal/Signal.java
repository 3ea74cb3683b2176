package com.threadly.presence.signal;

/** The kind of a presence signal. */
public enum Signal {
    /** Has become a member, and is active. */
    JOINED('+'),
    /** A member says that it is still there, and active. */
    SEEN('='),
    /** A member says that it is still there, but idle. */
    AWAY('~'),
    /** Gone. */
    LEFT('-');

    private final char code;

    Signal(char code) {
        this.code = code;
    }

    /** Its code in stored bytes. */
    public byte code() {
        return (byte) code;
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

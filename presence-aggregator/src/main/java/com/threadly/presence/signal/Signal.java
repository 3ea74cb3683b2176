package com.threadly.presence.signal;

/** What was seen of a user. */
public enum Signal {
    /** Here, and doing something. */
    ACTIVE('+'),
    /** Here, with nobody at the keyboard. */
    AWAY('~'),
    /** Gone. */
    LEFT('-');

    private final char code;

    Signal(char code) {
        this.code = code;
    }

    /** What stands for it in stored bytes. */
    public byte code() {
        return (byte) code;
    }

    public static Signal of(byte code) {
        for (Signal sign : values()) {
            if (sign.code() == code) {
                return sign;
            }
        }
        throw new IllegalArgumentException("no sign has the code " + code);
    }
}

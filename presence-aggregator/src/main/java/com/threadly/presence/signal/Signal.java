package com.threadly.presence.signal;

/** The kind of a presence signal. */
public enum Signal {
    /** Present and active. */
    ACTIVE('+'),
    /** Present but idle. */
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

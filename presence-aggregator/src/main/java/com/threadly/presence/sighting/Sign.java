package com.threadly.presence.sighting;

/** What was seen of a user. */
public enum Sign {
    /** Here, and doing something. */
    ACTIVE('+'),
    /** Here, with nobody at the keyboard. */
    AWAY('~'),
    /** Gone. */
    LEFT('-');

    private final char code;

    Sign(char code) {
        this.code = code;
    }

    /** What stands for it in stored bytes. */
    public byte code() {
        return (byte) code;
    }

    public static Sign of(byte code) {
        for (Sign sign : values()) {
            if (sign.code() == code) {
                return sign;
            }
        }
        throw new IllegalArgumentException("no sign has the code " + code);
    }
}

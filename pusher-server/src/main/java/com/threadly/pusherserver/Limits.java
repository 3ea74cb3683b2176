package com.threadly.pusherserver;

import java.util.Optional;

/** Pusher's limits, as predicates over what a request contains. */
final class Limits {

    static final int EVENTS_A_BATCH = 10;
    static final int CHANNELS_A_TRIGGER = 100;
    static final int DATA_BYTES = 10_240;
    static final int CHANNEL_NAME_LENGTH = 164;
    static final int EVENT_NAME_LENGTH = 200;
    static final int USER_ID_LENGTH = 128;
    static final int USER_INFO_BYTES = 1_024;

    private Limits() {}

    static Optional<String> channelProblem(String channel) {
        if (channel.isEmpty()) {
            return Optional.of("A channel name must not be empty");
        }
        if (channel.length() > CHANNEL_NAME_LENGTH) {
            return Optional.of("A channel name is longer than " + CHANNEL_NAME_LENGTH + " characters: " + channel);
        }
        for (int i = 0; i < channel.length(); i++) {
            if (!isChannelCharacter(channel.charAt(i))) {
                return Optional.of("Invalid channel name: " + channel);
            }
        }
        return Optional.empty();
    }

    static Optional<String> eventNameProblem(String name) {
        if (name.isEmpty()) {
            return Optional.of("An event name must not be empty");
        }
        return name.length() > EVENT_NAME_LENGTH
                ? Optional.of("An event name is longer than " + EVENT_NAME_LENGTH + " characters")
                : Optional.empty();
    }

    static boolean isTooLong(String data) {
        return isLongerThan(DATA_BYTES, data);
    }

    /** Whether {@code text} exceeds {@code bytes} bytes in UTF-8; encodes it only if its length does not decide. */
    static boolean isLongerThan(int bytes, String text) {
        if (text.length() > bytes) {
            return true;
        }
        // No UTF-16 unit takes more than three bytes in UTF-8.
        return text.length() * 3 > bytes && utf8Length(text) > bytes;
    }

    static boolean isSocketId(String text) {
        int dot = text.indexOf('.');
        return dot > 0 && dot < text.length() - 1 && areDigits(text, 0, dot) && areDigits(text, dot + 1, text.length());
    }

    private static boolean areDigits(String text, int from, int to) {
        return text.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int utf8Length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair stands for two of the pair's four bytes.
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }

    private static boolean isChannelCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_-=@,.;".indexOf(c) >= 0;
    }
}

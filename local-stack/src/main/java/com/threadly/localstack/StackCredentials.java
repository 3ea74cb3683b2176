package com.threadly.localstack;

import com.threadly.pusherserver.PusherApp;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Generated for each data folder; no part has a predictable password. */
record StackCredentials(PusherApp pusher, String developmentTokens) {

    private static final int BYTES = 24;

    static StackCredentials random(SecureRandom random) {
        return new StackCredentials(
                new PusherApp("threadly-local", "local-" + hex(random, BYTES / 3), hex(random, BYTES)),
                hex(random, BYTES));
    }

    private static String hex(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "StackCredentials[***]";
    }
}

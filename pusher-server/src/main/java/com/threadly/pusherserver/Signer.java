package com.threadly.pusherserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 in lower-case hex with an app's secret: every signature of the protocol. */
final class Signer {

    /** A template that is only copied: a copy is cheaper than looking up a provider and setting up the key. */
    private final Mac prototype;

    Signer(String secret) {
        try {
            prototype = Mac.getInstance("HmacSHA256");
            prototype.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the secret cannot be a key of HMAC-SHA256", e);
        }
    }

    String sign(byte[] message) {
        try {
            return HexFormat.of().formatHex(((Mac) prototype.clone()).doFinal(message));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's own HMAC can be cloned", e);
        }
    }

    /** Whether {@code signature} is that of {@code message}, in constant time. */
    boolean matches(String message, String signature) {
        return sameText(sign(message.getBytes(UTF_8)), signature);
    }

    static boolean sameText(String expected, String actual) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), actual.getBytes(UTF_8));
    }
}

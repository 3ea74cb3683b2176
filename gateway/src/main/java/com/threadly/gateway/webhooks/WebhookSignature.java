package com.threadly.gateway.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Whether a webhook comes from who knows the app's secret: HMAC-SHA256 of the raw body, in hex. Compared in constant
 * time, which pusher-http-java's own check is not.
 */
public final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;
    private final SecretKeySpec secret;

    public WebhookSignature(String key, String secret) {
        this.key = bytes(key);
        this.secret = new SecretKeySpec(bytes(secret), ALGORITHM);
    }

    boolean genuine(@Nullable String claimedKey, @Nullable String signature, byte[] body) {
        if (claimedKey == null || signature == null) {
            return false;
        }
        boolean sameKey = MessageDigest.isEqual(key, bytes(claimedKey));
        boolean sameSignature = MessageDigest.isEqual(bytes(HexFormat.of().formatHex(hmac(body))), bytes(signature));
        return sameKey && sameSignature;
    }

    private byte[] hmac(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

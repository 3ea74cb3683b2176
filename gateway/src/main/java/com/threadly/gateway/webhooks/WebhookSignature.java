package com.threadly.gateway.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Verifies that a webhook's sender knows a secret of the app: HMAC-SHA256 of the raw body, in hex. Compares in constant
 * time, unlike pusher-http-java.
 */
public final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private record Known(String key, SecretKeySpec secret) {}

    private final List<Known> keys;

    public WebhookSignature(List<AppKey> keys) {
        this.keys = keys.stream()
                .map(key -> new Known(key.key(), new SecretKeySpec(bytes(key.secret()), ALGORITHM)))
                .toList();
    }

    /** Whether a webhook may be genuine, by its headers: a known key, and a well-formed signature. */
    boolean plausible(@Nullable String claimedKey, @Nullable String signature) {
        return claimedKey != null
                && signature != null
                && HEX.matcher(signature).matches()
                && keys.stream().anyMatch(known -> MessageDigest.isEqual(bytes(known.key()), bytes(claimedKey)));
    }

    boolean genuine(@Nullable String claimedKey, @Nullable String signature, byte[] body) {
        if (claimedKey == null || signature == null) {
            return false;
        }
        byte[] claimed = bytes(claimedKey);
        return keys.stream()
                .filter(known -> MessageDigest.isEqual(bytes(known.key()), claimed))
                .anyMatch(known -> MessageDigest.isEqual(hex(known.secret(), body), bytes(signature)));
    }

    private static byte[] hex(SecretKeySpec secret, byte[] body) {
        return bytes(HexFormat.of().formatHex(hmac(secret, body)));
    }

    private static byte[] hmac(SecretKeySpec secret, byte[] body) {
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

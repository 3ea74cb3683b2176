package com.threadly.pusherserver;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Checks that a request of the HTTP API comes from someone who knows the app's secret, and is fresh and unmodified. */
final class RequestSignature {

    private static final Duration TOLERANCE = Duration.ofMinutes(10);

    private final PusherApp app;
    private final Signer signer;
    private final Clock clock;

    RequestSignature(PusherApp app, Signer signer, Clock clock) {
        this.app = app;
        this.signer = signer;
        this.clock = clock;
    }

    /**
     * Returns if the signature is right.
     *
     * @param path the path as the client signed it, not percent-encoded
     * @throws ApiException with status 401 if it is not
     */
    void verify(String method, String path, Map<String, String> query, byte[] body) {
        if (!Signer.sameText(app.key(), required(query, "auth_key"))) {
            throw unauthorized("Unknown auth_key");
        }
        if (!required(query, "auth_version").equals("1.0")) {
            throw unauthorized("Version required (must be 1.0)");
        }
        verifyTime(required(query, "auth_timestamp"));
        String signature = required(query, "auth_signature");
        if (body.length > 0 && !Signer.sameText(md5(body), required(query, "body_md5"))) {
            throw unauthorized("body_md5 is not the MD5 of the body");
        }
        String signed = textToSign(method, path, query);
        if (!signer.matches(signed, signature)) {
            throw unauthorized("Invalid signature: you should have sent HmacSHA256Hex(\"" + signed.replace("\n", "\\n")
                    + "\", your_secret_key)");
        }
    }

    private static String textToSign(String method, String path, Map<String, String> query) {
        var sorted = new TreeMap<String, String>();
        query.forEach((name, value) -> sorted.put(name.toLowerCase(Locale.ROOT), value));
        sorted.remove("auth_signature");
        var text = new StringBuilder(256).append(method).append('\n').append(path);
        char separator = '\n';
        for (var parameter : sorted.entrySet()) {
            text.append(separator).append(parameter.getKey()).append('=').append(parameter.getValue());
            separator = '&';
        }
        return text.toString();
    }

    private void verifyTime(String timestamp) {
        long seconds;
        try {
            seconds = Long.parseLong(timestamp);
        } catch (NumberFormatException e) {
            throw unauthorized("auth_timestamp is not a number of seconds");
        }
        long now = clock.instant().getEpochSecond();
        if (seconds < now - TOLERANCE.toSeconds() || seconds > now + TOLERANCE.toSeconds()) {
            throw unauthorized("Timestamp expired: given timestamp (" + seconds + ") not within 600s of server time ("
                    + now + ")");
        }
    }

    private static String required(Map<String, String> query, String name) {
        String value = query.get(name);
        if (value == null) {
            throw unauthorized(name + " is missing");
        }
        return value;
    }

    private static String md5(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    private static ApiException unauthorized(String message) {
        return new ApiException(401, message);
    }
}

package com.threadly.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.pusher.rest.SignatureUtil;
import com.threadly.benchmarks.stage.EdgeStage;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The requests of the gateway's benchmark, prepared in advance so that their cost is not measured. */
final class EdgeRequests {

    private final byte[][] authorizations;
    private final byte[][] webhooks;

    /** Of this many users, each with their own conversation. */
    EdgeRequests(int users, Clock clock) {
        authorizations = IntStream.range(0, users)
                .mapToObj(user -> post(
                        "/pusher/auth",
                        "application/x-www-form-urlencoded",
                        "Authorization: Bearer " + token("user-" + user, clock),
                        String.format(
                                Locale.ROOT,
                                "socket_id=%d.1&channel_name=private-conversation-conversation-%d",
                                user,
                                user)))
                .toArray(byte[][]::new);
        webhooks = IntStream.range(0, users)
                .mapToObj(user -> {
                    String body = String.format(Locale.ROOT, """
                            {"time_ms":%d,"events":[{"name":"member_added","channel":"presence-product-%d","user_id":"user-%d"}]}""", clock.millis(), user, user);
                    return post(
                            "/pusher/webhooks",
                            "application/json",
                            "X-Pusher-Key: key\r\nX-Pusher-Signature: " + SignatureUtil.sign(body, "secret"),
                            body);
                })
                .toArray(byte[][]::new);
    }

    /** One batch of each of {@code users} others, for channels of conversations that are not theirs. */
    static byte[][] batches(int users, int channels, Clock clock) {
        return IntStream.range(0, users)
                .mapToObj(user -> post(
                        "/pusher/auth",
                        "application/x-www-form-urlencoded",
                        "Authorization: Bearer " + token("abuser-" + user, clock),
                        IntStream.range(0, channels)
                                .mapToObj(channel -> String.format(
                                        Locale.ROOT, "&channel_name[]=private-conversation-%d-%d", user, channel))
                                .collect(Collectors.joining("", "socket_id=1.1", ""))))
                .toArray(byte[][]::new);
    }

    /** A forged webhook with the app's key, nearly all of it. */
    static byte[] hangingWebhook() {
        byte[] whole = post(
                "/pusher/webhooks",
                "application/json",
                "X-Pusher-Key: key\r\nX-Pusher-Signature: " + "0".repeat(64),
                "x".repeat(512 * 1024));
        return Arrays.copyOf(whole, whole.length - 4 * 1024);
    }

    byte[] authorization(long number) {
        return authorizations[(int) (number % authorizations.length)];
    }

    byte[] webhook(long number) {
        return webhooks[(int) (number % webhooks.length)];
    }

    private static byte[] post(String path, String contentType, String headers, String body) {
        return String.format(
                        Locale.ROOT,
                        "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\n%s\r\nContent-Length: %d\r\n\r\n%s",
                        path,
                        contentType,
                        headers,
                        body.getBytes(UTF_8).length,
                        body)
                .getBytes(UTF_8);
    }

    private static String token(String user, Clock clock) {
        var token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .issuer(EdgeStage.ISSUER)
                        .audience(EdgeStage.AUDIENCE)
                        .subject(user)
                        .expirationTime(Date.from(clock.instant().plus(Duration.ofHours(1))))
                        .build());
        try {
            token.sign(new MACSigner(EdgeStage.TOKEN_SECRET));
        } catch (JOSEException e) {
            throw new IllegalStateException("HS256 can always sign", e);
        }
        return token.serialize();
    }
}

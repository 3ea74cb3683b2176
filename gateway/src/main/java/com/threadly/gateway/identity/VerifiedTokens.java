package com.threadly.gateway.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWK;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers whose verified tokens are, as a browser sends the same one many times: for a minute, never past its expiry,
 * and no longer than the keys are the same. Only digests of tokens are kept.
 */
final class VerifiedTokens {

    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);

    /** Some 5 MiB. */
    private static final long MOST_REMEMBERED = 10_000;

    private record Verified(User user, List<JWK> keys, Instant until) {}

    private final Clock clock;
    private final Cache<ByteBuffer, Verified> byDigest = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED_FOR)
            .maximumSize(MOST_REMEMBERED)
            .build();

    VerifiedTokens(Clock clock) {
        this.clock = clock;
    }

    /** The user of {@code token}, if it was verified by the same {@code keys} within the last minute. */
    Optional<User> find(String token, List<JWK> keys) {
        @Nullable Verified verified = byDigest.getIfPresent(digest(token));
        return verified != null
                        && clock.instant().isBefore(verified.until())
                        && verified.keys().equals(keys)
                ? Optional.of(verified.user())
                : Optional.empty();
    }

    /** Notes that {@code token} was verified by one of {@code keys}, and is valid until {@code expiry}. */
    void note(String token, List<JWK> keys, User user, Instant expiry) {
        Instant forgotten = clock.instant().plus(REMEMBERED_FOR);
        byDigest.put(digest(token), new Verified(user, keys, forgotten.isBefore(expiry) ? forgotten : expiry));
    }

    private static ByteBuffer digest(String token) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package com.threadly.localstack;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Date;
import java.util.List;

/** Makes the tokens that the gateway takes in development: whoever holds the secret may be anyone. */
public final class DevelopmentTokens {

    private static final Duration LIFETIME = Duration.ofHours(12);

    private final JWSSigner signer;
    private final Clock clock;

    /** {@code secret} has at least 32 bytes, and the gateway has the same. */
    public DevelopmentTokens(String secret, Clock clock) {
        try {
            this.signer = new MACSigner(secret.getBytes(StandardCharsets.UTF_8));
        } catch (JOSEException tooShort) {
            throw new IllegalArgumentException("AUTH_DEVELOPMENT_SECRET needs at least 32 bytes", tooShort);
        }
        this.clock = clock;
    }

    /**
     * A bearer token that vouches for its holder's part in these conversations and orders, as nothing but the events
     * themselves can in production: for who must listen before the first event.
     */
    public String token(String userId, String name, Collection<String> conversations, Collection<String> orders) {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject(userId)
                        .claim("name", name)
                        .claim("conversations", List.copyOf(conversations))
                        .claim("orders", List.copyOf(orders))
                        .expirationTime(Date.from(clock.instant().plus(LIFETIME)))
                        .build());
        try {
            token.sign(signer);
        } catch (JOSEException impossible) {
            throw new IllegalStateException("HS256 always signs", impossible);
        }
        return token.serialize();
    }
}

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

/** Creates the tokens that the gateway accepts in development: anyone who has the secret may be any user. */
public final class DevelopmentTokens {

    private static final Duration LIFETIME = Duration.ofHours(12);

    private final JWSSigner signer;
    private final Clock clock;

    /** {@code secret} has at least 32 bytes, and is also the gateway's. */
    public DevelopmentTokens(String secret, Clock clock) {
        try {
            this.signer = new MACSigner(secret.getBytes(StandardCharsets.UTF_8));
        } catch (JOSEException tooShort) {
            throw new IllegalArgumentException("AUTH_DEVELOPMENT_SECRET needs at least 32 bytes", tooShort);
        }
        this.clock = clock;
    }

    /**
     * A bearer token that grants access to these conversations and orders, for listening before the first event. In
     * production only the events grant it.
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
            throw new IllegalStateException("HS256 can always sign", impossible);
        }
        return token.serialize();
    }
}

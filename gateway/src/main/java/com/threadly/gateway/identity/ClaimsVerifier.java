package com.threadly.gateway.identity;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimNames;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which claims a token must have, by our own clock. */
final class ClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {

    private final transient Clock clock;

    private ClaimsVerifier(@Nullable Set<String> audience, @Nullable JWTClaimsSet exact, Duration skew, Clock clock) {
        super(audience, exact, Set.of(JWTClaimNames.SUBJECT, JWTClaimNames.EXPIRATION_TIME), null);
        this.clock = clock;
        setMaxClockSkew(Math.toIntExact(skew.toSeconds()));
    }

    /** Tokens of {@code issuer} for {@code audience}. */
    static ClaimsVerifier of(String issuer, String audience, Duration skew, Clock clock) {
        var exact = new JWTClaimsSet.Builder().issuer(issuer).build();
        return new ClaimsVerifier(Set.of(audience), exact, skew, clock);
    }

    /** Tokens of anyone who knows the key, for any audience. */
    static ClaimsVerifier ofAnyIssuer(Duration skew, Clock clock) {
        return new ClaimsVerifier(null, null, skew, clock);
    }

    /** The library asks whether required claims are there, and takes null for a value. */
    @Override
    public void verify(JWTClaimsSet claims, @Nullable SecurityContext context) throws BadJWTException {
        super.verify(claims, context);
        if (claims.getExpirationTime() == null) {
            throw new BadJWTException("the token never expires");
        }
        if (claims.getSubject() == null) {
            throw new BadJWTException("the token names no user");
        }
    }

    @Override
    protected Date currentTime() {
        return Date.from(clock.instant());
    }
}

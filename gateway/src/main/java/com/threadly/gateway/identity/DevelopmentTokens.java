package com.threadly.gateway.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimNames;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.threadly.common.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens signed with a secret that the developer shares with the gateway: HS256 and nothing else, whatever the token's
 * header asks for. Claims: {@code sub}, {@code exp}, {@code name}, {@code conversations} and {@code orders}.
 */
public final class DevelopmentTokens implements Identities {

    /** RFC 7518, 3.2: a key for HS256 is no shorter than its hash. */
    private static final int MIN_SECRET_BYTES = 32;

    private static final int MAX_CLOCK_SKEW_SECONDS = 10;

    public static final Setting<String> SECRET = new Setting<>(
            "AUTH_DEVELOPMENT_SECRET",
            "Secret of at least %d bytes that development tokens (JWT, HS256) are signed with."
                    .formatted(MIN_SECRET_BYTES),
            null,
            true,
            DevelopmentTokens::longEnough,
            "");

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    public DevelopmentTokens(String secret, Clock clock) {
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.HS256, new ImmutableSecret<>(secret.getBytes(StandardCharsets.UTF_8))));
        processor.setJWTClaimsSetVerifier(new Claims(clock));
    }

    @Override
    public Optional<User> whoIs(String token) {
        try {
            return user(processor.process(token, null));
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return Optional.empty();
        }
    }

    private static Optional<User> user(JWTClaimsSet claims) throws ParseException {
        String id = claims.getSubject();
        if (id.isBlank()) {
            return Optional.empty();
        }
        String name = claims.getStringClaim("name");
        return Optional.of(new User(id, name == null ? id : name, ids(claims, "conversations"), ids(claims, "orders")));
    }

    private static Set<String> ids(JWTClaimsSet claims, String name) throws ParseException {
        List<String> ids = claims.getStringListClaim(name);
        return ids == null ? Set.of() : Set.copyOf(ids);
    }

    private static String longEnough(String secret) {
        if (secret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("expected at least %d bytes".formatted(MIN_SECRET_BYTES));
        }
        return secret;
    }

    private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {

        private final transient Clock clock;

        Claims(Clock clock) {
            super(null, Set.of(JWTClaimNames.SUBJECT, JWTClaimNames.EXPIRATION_TIME));
            this.clock = clock;
            setMaxClockSkew(MAX_CLOCK_SKEW_SECONDS);
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}

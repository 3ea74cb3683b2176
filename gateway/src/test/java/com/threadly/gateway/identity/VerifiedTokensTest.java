package com.threadly.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.threadly.runtime.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final List<JWK> KEYS = List.of(key("one"));
    private static final User ANA = new User("ana", Map.of(), Set.of(), Set.of());

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final VerifiedTokens tokens = new VerifiedTokens(clock);

    @Test
    void remembersATokenForAMinute() {
        tokens.note("token", KEYS, ANA, NOON.plus(Duration.ofHours(1)));

        now.set(NOON.plusSeconds(59));
        assertThat(tokens.find("token", KEYS)).contains(ANA);
        now.set(NOON.plusSeconds(60));
        assertThat(tokens.find("token", KEYS)).isEmpty();
    }

    @Test
    void forgetsATokenThatExpires() {
        tokens.note("token", KEYS, ANA, NOON.plusSeconds(10));

        now.set(NOON.plusSeconds(9));
        assertThat(tokens.find("token", KEYS)).contains(ANA);
        now.set(NOON.plusSeconds(10));
        assertThat(tokens.find("token", KEYS)).isEmpty();
    }

    /** A key that its issuer withdraws vouches for nothing from then on. */
    @Test
    void forgetsATokenWhenTheKeysAreOthers() {
        tokens.note("token", KEYS, ANA, NOON.plusSeconds(10));

        assertThat(tokens.find("token", List.of(key("one")))).contains(ANA);
        assertThat(tokens.find("token", List.of(key("another")))).isEmpty();
        assertThat(tokens.find("token", List.of())).isEmpty();
    }

    @Test
    void takesNoTokenForAnother() {
        tokens.note("header.claims.signature", KEYS, ANA, NOON.plusSeconds(10));

        assertThat(tokens.find("header.claims.signaturf", KEYS)).isEmpty();
        assertThat(tokens.find("header.claims.", KEYS)).isEmpty();
        assertThat(tokens.find("", KEYS)).isEmpty();
    }

    /** As the gateway uses it. */
    @Test
    void whatWasVerifiedOnceStillExpiresAndVouchesForNoForgery() throws Exception {
        var settings = Settings.of(Map.of("AUTH_DEVELOPMENT_SECRET", "a development secret of 32 bytes!!"));
        TokenVerifier verifier = TokenSettings.from(settings).identities(clock);
        var token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject("ana")
                        .expirationTime(Date.from(NOON.plusSeconds(10)))
                        .build());
        token.sign(new MACSigner("a development secret of 32 bytes!!"));
        String valid = token.serialize();

        assertThat(verifier.whoIs(valid)).isPresent();
        assertThat(verifier.whoIs(valid)).isPresent();
        assertThat(verifier.whoIs(valid.substring(0, valid.length() - 8) + "AAAAAAAA"))
                .isEmpty();
        assertThat(verifier.whoIs(valid.substring(0, valid.lastIndexOf('.') + 1)))
                .isEmpty();
        now.set(NOON.plus(Duration.ofMinutes(5)));
        assertThat(verifier.whoIs(valid)).isEmpty();
    }

    private static JWK key(String secret) {
        return new OctetSequenceKey.Builder(secret.getBytes(StandardCharsets.UTF_8)).build();
    }
}

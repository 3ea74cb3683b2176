package com.threadly.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.threadly.common.settings.InvalidSettingsException;
import com.threadly.common.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DevelopmentTokensTest {

    /** Long enough for HS384 too: a token of another algorithm must fail by its algorithm alone. */
    private static final String SECRET = "a development secret that is long enough for HS384";

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofHours(1));

    private final Identities tokens = new DevelopmentTokens(SECRET, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void tellsTheUserAndWhatIsTheirs() throws Exception {
        String token = signed(claims("u1", LATER)
                .claim("name", "Ana")
                .claim("conversations", List.of("c1", "c2"))
                .claim("orders", List.of("o1")));

        assertThat(tokens.whoIs(token)).contains(new User("u1", "Ana", Set.of("c1", "c2"), Set.of("o1")));
    }

    @Test
    void takesAUserWithoutANameByTheirId() throws Exception {
        assertThat(tokens.whoIs(signed(claims("u1", LATER)))).contains(new User("u1", "u1", Set.of(), Set.of()));
    }

    @Test
    void toleratesAClockThatIsALittleOff() throws Exception {
        assertThat(tokens.whoIs(signed(claims("u1", NOW.minusSeconds(5))))).isPresent();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refuses(String what, String token) {
        assertThat(tokens.whoIs(token)).as(what).isEqualTo(Optional.empty());
    }

    static Stream<Arguments> refuses() throws Exception {
        String valid = signed(claims("u1", LATER));
        String[] parts = valid.split("\\.", -1);
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("what is no token", "u1"),
                Arguments.of("an expired one", signed(claims("u1", NOW.minusSeconds(60)))),
                Arguments.of("one that never expires", signed(new JWTClaimsSet.Builder().subject("u1"))),
                Arguments.of(
                        "one that is not valid yet",
                        signed(claims("u1", LATER).notBeforeTime(Date.from(NOW.plusSeconds(60))))),
                Arguments.of("one without a subject", signed(claims(null, LATER))),
                Arguments.of("one with a blank subject", signed(claims(" ", LATER))),
                Arguments.of(
                        "conversations that are no list",
                        signed(claims("u1", LATER).claim("conversations", "c1"))),
                Arguments.of(
                        "conversations that are no texts",
                        signed(claims("u1", LATER).claim("conversations", List.of(1, 2)))),
                Arguments.of(
                        "another secret",
                        token(JWSAlgorithm.HS256, new MACSigner("another development secret, 32 b.."))),
                Arguments.of("the right secret with HS384", token(JWSAlgorithm.HS384, new MACSigner(SECRET))),
                Arguments.of("alg none", new PlainJWT(claims("u1", LATER).build()).serialize()),
                Arguments.of("alg none with a signature", header("none") + "." + parts[1] + "." + parts[2]),
                Arguments.of("RS256", token(JWSAlgorithm.RS256, new RSASSASigner(rsa().getPrivate()))),
                Arguments.of(
                        "RS256 in the header of an HS256 token", header("RS256") + "." + parts[1] + "." + parts[2]),
                Arguments.of(
                        "a public key taken for the secret",
                        token(
                                JWSAlgorithm.HS256,
                                new MACSigner(rsa().getPublic().getEncoded()))),
                Arguments.of("other claims under the signature", parts[0] + "." + claimsOf("u2") + "." + parts[2]),
                Arguments.of("no signature", parts[0] + "." + parts[1] + "."));
    }

    @Test
    void refusesAShortSecretAtTheStartWithoutShowingIt() {
        var settings = Settings.of(Map.of("AUTH_DEVELOPMENT_SECRET", "too short to be one"));
        settings.get(DevelopmentTokens.SECRET);

        assertThat(catchThrowable(settings::verify))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("AUTH_DEVELOPMENT_SECRET")
                .hasMessageNotContaining("too short");
    }

    private static JWTClaimsSet.Builder claims(@Nullable String subject, Instant expires) {
        return new JWTClaimsSet.Builder().subject(subject).expirationTime(Date.from(expires));
    }

    private static String claimsOf(String subject) {
        return encoded(claims(subject, LATER).build().toString());
    }

    private static String header(String algorithm) {
        return encoded("{\"alg\":\"%s\"}".formatted(algorithm));
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return token(JWSAlgorithm.HS256, new MACSigner(SECRET), claims);
    }

    private static String token(JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        return token(algorithm, signer, claims("u1", LATER));
    }

    private static String token(JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet.Builder claims)
            throws JOSEException {
        var token = new SignedJWT(new JWSHeader(algorithm), claims.build());
        token.sign(signer);
        return token.serialize();
    }

    private static KeyPair rsa() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }
}

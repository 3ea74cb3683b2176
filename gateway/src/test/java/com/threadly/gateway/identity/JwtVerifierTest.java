package com.threadly.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.threadly.runtime.settings.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPublicKey;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtVerifierTest {

    /** Long enough for HS384, too: a token of another algorithm must fail only because of its algorithm. */
    private static final String SECRET = "a development secret that is long enough for HS384";

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofHours(1));

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String ISSUER = "https://id.threadly.example";
    private static final String AUDIENCE = "realtime";

    private final TokenVerifier development = identities(Map.of("AUTH_DEVELOPMENT_SECRET", SECRET));
    private final TokenVerifier tokens =
            identities(Map.of("AUTH_SECRET", SECRET, "AUTH_ISSUER", ISSUER, "AUTH_AUDIENCE", AUDIENCE));

    @Test
    void returnsTheUserAndWhatOthersMaySee() throws Exception {
        assertThat(tokens.whoIs(signed(claims("u1", LATER).claim("name", "Ana"))))
                .contains(new User("u1", Map.of("name", "Ana"), Set.of(), Set.of()));
    }

    @Test
    void namesAUserWithoutANameByTheirId() throws Exception {
        assertThat(tokens.whoIs(signed(claims("u1", LATER)))).map(User::info).contains(Map.of("name", "u1"));
    }

    @Test
    void leavesOutWhatIsTooLongForPusher() throws Exception {
        assertThat(tokens.whoIs(signed(claims("u1", LATER).claim("name", "A".repeat(201)))))
                .map(User::info)
                .contains(Map.of("name", "u1"));
    }

    @Test
    void onlyADevelopmentTokenVouchesForConversationsAndOrders() throws Exception {
        String token = signed(
                claims("u1", LATER).claim("conversations", List.of("c1", "c2")).claim("orders", List.of("o1")));

        assertThat(development.whoIs(token))
                .contains(new User("u1", Map.of("name", "u1"), Set.of("c1", "c2"), Set.of("o1")));
        assertThat(tokens.whoIs(token)).contains(new User("u1", Map.of("name", "u1"), Set.of(), Set.of()));
    }

    @ParameterizedTest
    @CsvSource({"RS256", "ES256"})
    void takesAKeyPairsTokensWhateverKeyTheyName(JWSAlgorithm algorithm) throws Exception {
        KeyPair pair = algorithm.equals(JWSAlgorithm.ES256) ? ec() : rsa();
        var settings = Map.of("AUTH_PUBLIC_KEY", pem(pair), "AUTH_ISSUER", ISSUER, "AUTH_AUDIENCE", AUDIENCE);
        var header = new JWSHeader.Builder(algorithm).keyID("2026-11").build();
        var token = new SignedJWT(header, claims("u1", LATER).build());
        token.sign(
                algorithm.equals(JWSAlgorithm.ES256)
                        ? new ECDSASigner((ECPrivateKey) pair.getPrivate())
                        : new RSASSASigner(pair.getPrivate()));

        assertThat(identities(settings).whoIs(token.serialize())).isPresent();
        assertThat(identities(settings).whoIs(signed(claims("u1", LATER)))).isEmpty();
    }

    @Test
    void doesNotTakeThePublicKeyForASecret() throws Exception {
        KeyPair pair = rsa();
        var settings = Map.of("AUTH_PUBLIC_KEY", pem(pair), "AUTH_ISSUER", ISSUER, "AUTH_AUDIENCE", AUDIENCE);

        for (byte[] known : List.of(pair.getPublic().getEncoded(), pem(pair).getBytes(StandardCharsets.UTF_8))) {
            assertThat(identities(settings).whoIs(token(JWSAlgorithm.HS256, new MACSigner(known))))
                    .isEmpty();
        }
    }

    @Test
    void doesNotLookAtAKeyThatTheTokenBringsAlong() throws Exception {
        KeyPair mine = rsa();
        var key = new RSAKey.Builder((RSAPublicKey) mine.getPublic()).build();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .jwk(key)
                .jwkURL(URI.create("https://evil.example/keys"))
                .build();
        var token = new SignedJWT(header, claims("u1", LATER).build());
        token.sign(new RSASSASigner(mine.getPrivate()));
        var settings = Map.of("AUTH_PUBLIC_KEY", pem(rsa()), "AUTH_ISSUER", ISSUER, "AUTH_AUDIENCE", AUDIENCE);

        assertThat(identities(settings).whoIs(token.serialize())).isEmpty();
    }

    @Test
    void toleratesAClockThatIsALittleOff() throws Exception {
        assertThat(tokens.whoIs(signed(claims("u1", NOW.minusSeconds(5))))).isPresent();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refuses(String what, String token) throws Exception {
        assertThat(tokens.whoIs(token)).as(what).isEqualTo(Optional.empty());
    }

    static Stream<Arguments> refuses() throws Exception {
        String valid = signed(claims("u1", LATER));
        String[] parts = valid.split("\\.", -1);
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("what is no token", "u1"),
                Arguments.of("an expired one", signed(claims("u1", NOW.minusSeconds(60)))),
                Arguments.of(
                        "one that never expires", signed(claims("u1", LATER).expirationTime(null))),
                Arguments.of(
                        "one that is not valid yet",
                        signed(claims("u1", LATER).notBeforeTime(Date.from(NOW.plusSeconds(60))))),
                Arguments.of("one without a subject", signed(claims(null, LATER))),
                Arguments.of("one with a blank subject", signed(claims(" ", LATER))),
                Arguments.of("one with an endless subject", signed(claims("u".repeat(129), LATER))),
                Arguments.of("another issuer's", signed(claims("u1", LATER).issuer("https://id.evil.example"))),
                Arguments.of("one of no issuer", signed(claims("u1", LATER).issuer(null))),
                Arguments.of(
                        "one that was made for another service",
                        signed(claims("u1", LATER).audience("shop"))),
                Arguments.of(
                        "one that was made for nobody",
                        signed(claims("u1", LATER).audience(List.of()))),
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
                Arguments.of("one whose expiry is null", raw(",\"sub\":\"u1\",\"exp\":null")),
                Arguments.of("one whose subject is null", raw(",\"sub\":null,\"exp\":" + LATER.getEpochSecond())),
                Arguments.of("no signature", parts[0] + "." + parts[1] + "."));
    }

    private static TokenVerifier identities(Map<String, String> environment) {
        var settings = Settings.of(environment);
        var tokens = TokenSettings.from(settings);
        settings.verify();
        return tokens.identities(CLOCK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[null]", "[\"c1\",null]", "[7]", "\"c1\"", "{}"})
    void refusesADevelopmentTokenThatVouchesForNonsense(String conversations) throws Exception {
        assertThat(development.whoIs(raw(
                        ",\"sub\":\"u1\",\"exp\":" + LATER.getEpochSecond() + ",\"conversations\":" + conversations)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[null]", "[null,\"%s\"]", "[\"%s\",null]", "[7]", "[{}]", "{}", "null", "7"})
    void refusesAnAudienceThatIsNone(String audience) throws Exception {
        String claims = ",\"sub\":\"u1\",\"exp\":" + LATER.getEpochSecond() + ",\"aud\":";
        assertThat(tokens.whoIs(raw(claims + audience.replace("%s", "others")))).isEmpty();
    }

    /** A token with claims as they are written, which the library's builder would tidy. */
    private static String raw(String claims) throws JOSEException {
        var payload = "{\"iss\":\"%s\",\"aud\":\"%s\"%s}".formatted(ISSUER, AUDIENCE, claims);
        var token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(payload));
        token.sign(new MACSigner(SECRET));
        return token.serialize();
    }

    private static JWTClaimsSet.Builder claims(@Nullable String subject, Instant expires) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(subject)
                .expirationTime(Date.from(expires));
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

    private static KeyPair ec() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----"
                .formatted(
                        Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded()));
    }
}

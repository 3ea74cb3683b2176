package com.threadly.gateway.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which tokens are accepted.
 *
 * @param algorithm the only accepted one
 * @param development whether developers know the key; then issuer and audience are not checked
 * @param shownClaims claims that other users see
 */
public record TokenSettings(
        TokenKeys keys,
        JWSAlgorithm algorithm,
        boolean development,
        String issuer,
        String audience,
        Duration clockSkew,
        Set<String> shownClaims) {

    /** RFC 7518, 3.2: a key for HS256 must not be shorter than its hash. */
    private static final int MIN_SECRET_BYTES = 32;

    /** Placeholder until {@link Settings#verify} has reported the problem. */
    private static final TokenKeys UNSET = new TokenKeys.Secret("");

    private static final List<JWSAlgorithm> SUPPORTED = Stream.concat(
                    Stream.concat(JWSAlgorithm.Family.RSA.stream(), JWSAlgorithm.Family.EC.stream()),
                    JWSAlgorithm.Family.HMAC_SHA.stream())
            .sorted(Comparator.comparing(JWSAlgorithm::getName))
            .toList();

    static final Setting<JWSAlgorithm> ALGORITHM = Setting.parsed(
            "AUTH_ALGORITHM",
            "The only accepted signature algorithm: %s. By default RS256; ES256 for an EC key, HS256 for a secret."
                    .formatted(SUPPORTED.stream().map(JWSAlgorithm::getName).collect(Collectors.joining(", "))),
            TokenSettings::supported,
            JWSAlgorithm.RS256);
    static final Setting<URI> JWKS_URL = Setting.uri(
                    "AUTH_JWKS_URL", "Address at which the token issuer publishes its keys; https unless on loopback.")
            .checked(TokenSettings::safe);
    static final Setting<TokenKeys> PUBLIC_KEY = Setting.parsed(
            "AUTH_PUBLIC_KEY",
            "The issuer's public key in PEM, unless it publishes its keys: RSA of at least 2048 bits, or EC; \\n"
                    + " stands for a line end.",
            pem -> new TokenKeys.Public(PublicKeys.parse(pem)),
            UNSET);
    static final Setting<String> SECRET = Setting.secret(
                    "AUTH_SECRET",
                    String.format(
                            Locale.ROOT,
                            "Secret with which the issuer signs tokens, at least %d bytes.",
                            MIN_SECRET_BYTES))
            .checked(TokenSettings::longEnough);
    public static final Setting<String> DEVELOPMENT_SECRET = Setting.secret(
                    "AUTH_DEVELOPMENT_SECRET",
                    String.format(
                            Locale.ROOT,
                            "Secret of at least %d bytes for signing development tokens; never set it in production.",
                            MIN_SECRET_BYTES))
            .checked(TokenSettings::longEnough);
    static final Setting<String> ISSUER = Setting.text(
            "AUTH_ISSUER", "Required value of a token's iss claim; not checked with AUTH_DEVELOPMENT_SECRET.");
    static final Setting<String> AUDIENCE = Setting.text(
            "AUTH_AUDIENCE", "Value that a token's aud claim must contain; not checked with AUTH_DEVELOPMENT_SECRET.");
    static final Setting<Duration> CLOCK_SKEW = Setting.duration(
                    "AUTH_CLOCK_SKEW",
                    Duration.ZERO,
                    Duration.ofMinutes(5),
                    "Tolerated difference to the issuer's clock, at most 5m.")
            .orElse("10s");
    static final Setting<String> USER_INFO_CLAIMS = Setting.text(
                    "AUTH_USER_INFO_CLAIMS",
                    "Claims that other members of a presence channel see, separated by commas.")
            .orElse("name");

    public static TokenSettings from(Settings settings) {
        Optional<TokenKeys> development = settings.find(DEVELOPMENT_SECRET).map(TokenKeys.Secret::new);
        List<TokenKeys> set = Stream.of(
                        settings.find(JWKS_URL).<TokenKeys>map(TokenKeys.Published::new),
                        settings.find(PUBLIC_KEY),
                        settings.find(SECRET).<TokenKeys>map(TokenKeys.Secret::new),
                        development)
                .flatMap(Optional::stream)
                .toList();
        if (set.size() != 1) {
            settings.reject(
                    "set exactly one of AUTH_JWKS_URL, AUTH_PUBLIC_KEY, AUTH_SECRET and AUTH_DEVELOPMENT_SECRET:"
                            + " it determines which tokens are accepted");
        }
        TokenKeys keys = set.isEmpty() ? UNSET : set.getFirst();
        JWSAlgorithm algorithm = settings.find(ALGORITHM).orElse(keys.usual());
        if (set.size() == 1 && !keys.fit(algorithm)) {
            settings.reject(
                    "AUTH_ALGORITHM=%s does not fit the configured key: its kind, its curve or its length (HS384 needs a"
                                    .formatted(algorithm)
                            + " secret of at least 48 bytes, HS512 of 64)");
        }
        return new TokenSettings(
                keys,
                algorithm,
                development.isPresent(),
                development.isPresent() ? "" : settings.get(ISSUER),
                development.isPresent() ? "" : settings.get(AUDIENCE),
                settings.get(CLOCK_SKEW),
                names(settings.get(USER_INFO_CLAIMS)));
    }

    /** The verifier with these settings. */
    public JwtVerifier identities(Clock clock) {
        ClaimsVerifier verifier = development
                ? ClaimsVerifier.ofAnyIssuer(clockSkew, clock)
                : ClaimsVerifier.of(issuer, audience, clockSkew, clock);
        return new JwtVerifier(
                algorithm,
                keys.source(),
                verifier,
                new UserClaims(shownClaims, development),
                new VerifiedTokens(clock));
    }

    private static JWSAlgorithm supported(String name) {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
        if (!SUPPORTED.contains(algorithm)) {
            throw new IllegalArgumentException("it is not supported");
        }
        return algorithm;
    }

    private static URI safe(URI url) {
        boolean loopback = "127.0.0.1".equals(url.getHost()) || "localhost".equals(url.getHost());
        if (!"https".equals(url.getScheme()) && !(loopback && "http".equals(url.getScheme()))) {
            throw new IllegalArgumentException("expected https://");
        }
        return url;
    }

    private static String longEnough(String secret) {
        if (secret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "expected at least %d bytes", MIN_SECRET_BYTES));
        }
        return secret;
    }

    private static Set<String> names(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String toString() {
        return "TokenSettings[algorithm=%s, issuer=%s, audience=%s]".formatted(algorithm, issuer, audience);
    }
}

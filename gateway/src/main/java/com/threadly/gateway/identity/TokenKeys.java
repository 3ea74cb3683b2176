package com.threadly.gateway.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The keys that verify tokens. */
sealed interface TokenKeys {

    /** The default algorithm. */
    JWSAlgorithm usual();

    /** Prevents the classic confusion of a public key as HMAC secret: everyone knows a public key. */
    boolean fit(JWSAlgorithm algorithm);

    JWKSource<SecurityContext> source();

    /** Keys that the issuer publishes. */
    record Published(URI address) implements TokenKeys {

        @Override
        public JWSAlgorithm usual() {
            return JWSAlgorithm.RS256;
        }

        @Override
        public boolean fit(JWSAlgorithm algorithm) {
            return JWSAlgorithm.Family.RSA.contains(algorithm) || JWSAlgorithm.Family.EC.contains(algorithm);
        }

        @Override
        public JWKSource<SecurityContext> source() {
            return new JwksKeys(address);
        }
    }

    /** The public key of an issuer that does not publish it. */
    record Public(JWK key) implements TokenKeys {

        @Override
        public JWSAlgorithm usual() {
            return !isElliptic()
                    ? JWSAlgorithm.RS256
                    : Stream.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512, JWSAlgorithm.ES256K)
                            .filter(this::fit)
                            .findFirst()
                            .orElse(JWSAlgorithm.ES256);
        }

        @Override
        public boolean fit(JWSAlgorithm algorithm) {
            return isElliptic()
                    ? JWSAlgorithm.Family.EC.contains(algorithm)
                            && Curve.forJWSAlgorithm(algorithm)
                                    .contains(key.toECKey().getCurve())
                    : JWSAlgorithm.Family.RSA.contains(algorithm);
        }

        /** Ignores the token's key id: there is only this key. */
        @Override
        public JWKSource<SecurityContext> source() {
            return (_, _) -> List.of(key);
        }

        private boolean isElliptic() {
            return key.getKeyType().equals(KeyType.EC);
        }
    }

    /** The secret of an issuer without a key pair. */
    record Secret(String text) implements TokenKeys {

        /** RFC 7518, 3.2: a key must not be shorter than the hash; of a shorter one, every token would be refused. */
        private static final Map<JWSAlgorithm, Integer> HASH_BYTES =
                Map.of(JWSAlgorithm.HS256, 32, JWSAlgorithm.HS384, 48, JWSAlgorithm.HS512, 64);

        @Override
        public JWSAlgorithm usual() {
            return JWSAlgorithm.HS256;
        }

        @Override
        public boolean fit(JWSAlgorithm algorithm) {
            return text.getBytes(StandardCharsets.UTF_8).length
                    >= HASH_BYTES.getOrDefault(algorithm, Integer.MAX_VALUE);
        }

        @Override
        public JWKSource<SecurityContext> source() {
            return new ImmutableSecret<>(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "Secret[********]";
        }
    }
}

package com.threadly.gateway.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the signatures of tokens are checked with. */
sealed interface TokenKeys {

    /** The algorithm when none is set. */
    JWSAlgorithm usual();

    /** A public key taken for a secret is the classic confusion: everybody knows it. */
    boolean fit(JWSAlgorithm algorithm);

    JWKSource<SecurityContext> source();

    /** Those that the issuer publishes. */
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

    /** The one of an issuer that does not publish it. */
    record Public(JWK key) implements TokenKeys {

        @Override
        public JWSAlgorithm usual() {
            return isElliptic() ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256;
        }

        @Override
        public boolean fit(JWSAlgorithm algorithm) {
            return (isElliptic() ? JWSAlgorithm.Family.EC : JWSAlgorithm.Family.RSA).contains(algorithm);
        }

        /** Whatever key id a token names: there is only this one. */
        @Override
        public JWKSource<SecurityContext> source() {
            return (_, _) -> List.of(key);
        }

        private boolean isElliptic() {
            return key.getKeyType().equals(KeyType.EC);
        }
    }

    /** What an issuer without a key pair signs with. */
    record Secret(String text) implements TokenKeys {

        @Override
        public JWSAlgorithm usual() {
            return JWSAlgorithm.HS256;
        }

        @Override
        public boolean fit(JWSAlgorithm algorithm) {
            return JWSAlgorithm.Family.HMAC_SHA.contains(algorithm);
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

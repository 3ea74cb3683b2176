package com.threadly.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevelopmentTokensTest {

    private static final String SECRET = "a development secret of 32 bytes or more";
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void signsTheClaimsThatTheGatewayReads() throws Exception {
        String token = new DevelopmentTokens(SECRET, Clock.fixed(NOW, ZoneOffset.UTC))
                .token("ana", "Ana Sousa", List.of("c1"), List.of("o1", "o2"));

        SignedJWT signed = SignedJWT.parse(token);
        assertThat(signed.verify(new MACVerifier(SECRET))).isTrue();
        assertThat(signed.getHeader().getAlgorithm().getName()).isEqualTo("HS256");
        assertThat(signed.getJWTClaimsSet().getSubject()).isEqualTo("ana");
        assertThat(signed.getJWTClaimsSet().getStringClaim("name")).isEqualTo("Ana Sousa");
        assertThat(signed.getJWTClaimsSet().getStringListClaim("conversations")).containsExactly("c1");
        assertThat(signed.getJWTClaimsSet().getStringListClaim("orders")).containsExactly("o1", "o2");
        assertThat(signed.getJWTClaimsSet().getExpirationTime()).isAfter(NOW);
    }

    @Test
    void refusesASecretThatIsTooShort() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DevelopmentTokens("short", Clock.systemUTC()))
                .withMessageContaining("AUTH_DEVELOPMENT_SECRET");
    }
}

package com.threadly.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import com.threadly.runtime.retry.UnavailableException;
import com.threadly.runtime.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens with an issuer's published keys, from a real HTTP server in its place. */
class JwksKeysTest {

    private final AtomicInteger fetches = new AtomicInteger();
    private volatile List<? extends JWK> published = List.of();
    private volatile boolean up = true;
    private HttpServer issuer;
    private JwtVerifier identities;

    @BeforeEach
    void start() throws Exception {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            byte[] keys = new JWKSet(List.<JWK>copyOf(published)).toString().getBytes(UTF_8);
            exchange.sendResponseHeaders(up ? 200 : 503, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        issuer.start();
        var settings = Settings.of(Map.of(
                "AUTH_JWKS_URL",
                String.format(
                        Locale.ROOT,
                        "http://127.0.0.1:%d/keys",
                        issuer.getAddress().getPort()),
                "AUTH_ISSUER",
                "issuer",
                "AUTH_AUDIENCE",
                "realtime"));
        identities = TokenSettings.from(settings).identities(Clock.systemUTC());
        settings.verify();
    }

    @AfterEach
    void stop() {
        issuer.stop(0);
    }

    @Test
    void fetchesKeysOnceForManyTokens() throws Exception {
        RSAKey key = key("1");
        published = List.of(key.toPublicJWK());

        for (int i = 0; i < 100; i++) {
            assertThat(identities.whoIs(token(key))).isPresent();
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void takesANewKeyAtOnceWhenTheIssuerRotates() throws Exception {
        RSAKey first = key("1");
        RSAKey second = key("2");
        published = List.of(first.toPublicJWK());
        assertThat(identities.whoIs(token(first))).isPresent();

        published = List.of(second.toPublicJWK());

        assertThat(identities.whoIs(token(second))).isPresent();
        assertThat(identities.whoIs(token(first))).isEmpty();
    }

    @Test
    void aFloodOfForgedKeysIsNoFloodForTheIssuer() throws Exception {
        RSAKey key = key("1");
        published = List.of(key.toPublicJWK());
        RSAKey forged = new RSAKey.Builder(key("forged")).build();

        for (int i = 0; i < 50; i++) {
            assertThat(identities.whoIs(
                            token(new RSAKey.Builder(forged).keyID("k" + i).build())))
                    .isEmpty();
        }
        assertThat(identities.whoIs(token(key))).isPresent();
        assertThat(fetches.get()).isLessThan(5);
    }

    @Test
    void aTokenIsNotRefusedForAnIssuerThatIsDown() throws Exception {
        up = false;

        for (int i = 0; i < 5; i++) {
            String token = token(key("1"));
            assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> identities.whoIs(token));
        }
    }

    @Test
    void itIsNotReadyWhileTheIssuerHangsOrIsDownAndNoKeysAreKnown() throws Exception {
        up = false;
        await().untilAsserted(() -> assertThat(identities.trouble())
                .hasValueSatisfying(why -> assertThat(why).contains("AUTH_JWKS_URL")));
        String token = token(key("1"));
        assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> identities.whoIs(token));
        assertThat(identities.trouble()).isPresent();
    }

    @Test
    void itIsReadyWithoutARequestOnceTheIssuerAnswers() throws Exception {
        published = List.of(key("1").toPublicJWK());

        assertThat(identities.trouble()).isPresent();
        await().until(() -> identities.trouble().isEmpty());

        up = false;
        String forged = token(key("unknown"));
        for (int i = 0; i < 5; i++) {
            var _ = catchThrowable(() -> identities.whoIs(forged));
            assertThat(identities.trouble()).isEmpty();
        }
    }

    @Test
    void anIssuerThatAnswersByteByByteIsDown() throws Exception {
        try (var dripping = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                try (Socket one = dripping.accept()) {
                    one.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n".getBytes(UTF_8));
                    one.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // The caller has given up.
                }
            });
            URL address =
                    URI.create("http://127.0.0.1:" + dripping.getLocalPort()).toURL();
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> new KeyRetriever().retrieveResource(address));
        }
    }

    private static RSAKey key(String id) throws Exception {
        return new RSAKeyGenerator(2048).keyID(id).generate();
    }

    private static String token(RSAKey key) throws Exception {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer("issuer")
                        .audience("realtime")
                        .subject("u1")
                        .expirationTime(Date.from(Clock.systemUTC().instant().plus(Duration.ofMinutes(5))))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }
}

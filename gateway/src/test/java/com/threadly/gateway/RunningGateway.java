package com.threadly.gateway;

import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.pusher.rest.Pusher;
import com.threadly.common.admin.Health;
import com.threadly.gateway.channels.ChannelAuthorization;
import com.threadly.gateway.events.EventSink;
import com.threadly.gateway.http.GatewayServer;
import com.threadly.gateway.http.HttpSettings;
import com.threadly.gateway.identity.DevelopmentTokens;
import com.threadly.gateway.webhooks.WebhookSignature;
import com.threadly.gateway.webhooks.Webhooks;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** The gateway's web server on a loopback port, with a sink of the test's own. */
final class RunningGateway {

    static final String KEY = "app-key";
    static final String APP_SECRET = "app-secret";
    static final String ORIGIN = "https://threadly.example";

    private static final String SECRET = "a development secret of 32 bytes!!";

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final Pusher pusher = new Pusher("1", KEY, APP_SECRET);
    private final GatewayServer server;
    private final Thread thread;

    RunningGateway(EventSink sink) {
        var authorization = new ChannelAuthorization(new DevelopmentTokens(SECRET, Clock.systemUTC()), pusher, metrics);
        var webhooks = new Webhooks(new WebhookSignature(KEY, APP_SECRET), sink, metrics);
        server = new GatewayServer(
                new HttpSettings("127.0.0.1", 0, Set.of(ORIGIN)),
                new Health(),
                routes -> routes.post("/pusher/auth", authorization).post("/pusher/webhooks", webhooks));
        thread = Thread.ofVirtual().start(() -> {
            try {
                server.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    HttpRequest.Builder request(String path) throws InterruptedException {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)));
    }

    static String token(String userId, String name, List<String> conversations) throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject(userId)
                        .claim("name", name)
                        .claim("conversations", conversations)
                        .expirationTime(Date.from(Clock.systemUTC().instant().plus(Duration.ofMinutes(5))))
                        .build());
        token.sign(new MACSigner(SECRET));
        return token.serialize();
    }

    double count(String counter, String tag, String value) {
        var found = metrics.find(counter).tag(tag, value).counter();
        return found == null ? 0 : found.count();
    }

    /** Asks it to stop and returns once it takes no more connections. */
    void stopListening() throws InterruptedException {
        int port = server.port();
        server.stop();
        await().until(() -> {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return false;
            } catch (ConnectException e) {
                return true;
            }
        });
    }

    void close() throws Exception {
        server.stop();
        thread.join();
        pusher.close();
    }
}

package com.threadly.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.pusher.client.Pusher;
import com.pusher.client.PusherOptions;
import com.pusher.client.util.HttpChannelAuthorizer;
import com.threadly.stack.bootstrap.TopicCreator;
import com.threadly.stack.process.ChildProcess;
import com.threadly.stack.process.Program;
import com.threadly.stack.pusher.PusherApp;
import com.threadly.stack.pusher.PusherServer;
import com.threadly.stack.pusher.PusherServerOptions;
import com.threadly.stack.testing.Servers;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** The gateway as a process of its own, and the Pusher-protocol server that tells it what happens. */
final class Stage implements AutoCloseable {

    private static final PusherApp APP = new PusherApp("app-id", "app-key", "app-secret");
    private static final String SECRET = "a secret that nobody but tests may know";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final PusherServer pusher;
    private final ChildProcess gateway;
    private final URI address;
    private final List<Pusher> clients = new ArrayList<>();

    private Stage(PusherServer pusher, ChildProcess gateway, URI address) {
        this.pusher = pusher;
        this.gateway = gateway;
        this.address = address;
    }

    static Stage open(Servers servers, String kafka, Path folder) {
        new TopicCreator(kafka).create(List.of());
        int port = servers.ports().next();
        int adminPort = servers.ports().next();
        var address = URI.create("http://127.0.0.1:" + port);
        var program = Program.ofJar(
                "gateway",
                Path.of(System.getProperty("threadly.home", ".."), "gateway/target/gateway.jar"),
                List.of(),
                Map.of(
                        "HTTP_HOST", "127.0.0.1",
                        "HTTP_PORT", Integer.toString(port),
                        "ADMIN_HOST", "127.0.0.1",
                        "ADMIN_PORT", Integer.toString(adminPort),
                        "KAFKA_BOOTSTRAP_SERVERS", kafka,
                        "SCHEMA_REGISTRY_URL", servers.registry().toString(),
                        "PUSHER_APP_ID", APP.id(),
                        "PUSHER_KEY", APP.key(),
                        "PUSHER_SECRET", APP.secret(),
                        "AUTH_DEVELOPMENT_SECRET", SECRET),
                folder.resolve("gateway.log"),
                adminPort);
        var gateway = ChildProcess.start(program, servers.watchdog()).awaitReady(LIMIT);
        var pusher = PusherServer.start(
                APP, PusherServerOptions.defaults().withWebhooks(List.of(address.resolve("/pusher/webhooks"))));
        return new Stage(pusher, gateway, address);
    }

    /** The user's side: pusher-java-client with its own authorizer. */
    Pusher client(String userId, List<String> conversations) {
        var authorizer =
                new HttpChannelAuthorizer(address.resolve("/pusher/auth").toString());
        authorizer.setHeaders(Map.of("Authorization", "Bearer " + token(userId, conversations)));
        var client = new Pusher(
                APP.key(),
                new PusherOptions()
                        .setHost(pusher.host())
                        .setWsPort(pusher.port())
                        .setUseTLS(false)
                        .setChannelAuthorizer(authorizer));
        client.connect();
        clients.add(client);
        return client;
    }

    /** What the gateway's health answers. */
    int readiness() throws IOException {
        var connection = (HttpURLConnection) gateway.ready().toURL().openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    long webhookFailures() {
        return pusher.stats().webhooksFailed();
    }

    /** Stops the gateway as an orchestrator does; its exit code. */
    int stop() {
        gateway.stop(LIMIT);
        return gateway.exitCode().orElseThrow();
    }

    @Override
    public void close() {
        clients.forEach(Pusher::disconnect);
        pusher.close();
        gateway.close();
    }

    private static String token(String userId, List<String> conversations) {
        var token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject(userId)
                        .claim("name", "Name of " + userId)
                        .claim("conversations", conversations)
                        .expirationTime(Date.from(Clock.systemUTC().instant().plus(Duration.ofMinutes(5))))
                        .build());
        try {
            token.sign(new MACSigner(SECRET));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}

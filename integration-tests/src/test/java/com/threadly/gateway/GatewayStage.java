package com.threadly.gateway;

import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.pusher.client.Pusher;
import com.pusher.client.PusherOptions;
import com.pusher.client.util.HttpChannelAuthorizer;
import com.pusher.rest.SignatureUtil;
import com.threadly.database.Database;
import com.threadly.database.OwnerSettings;
import com.threadly.events.TopicReader;
import com.threadly.localstack.bootstrap.TopicCreator;
import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.process.Program;
import com.threadly.localstack.testing.Servers;
import com.threadly.notification.inbox.InboxTables;
import com.threadly.pusherserver.PusherApp;
import com.threadly.pusherserver.PusherServer;
import com.threadly.pusherserver.PusherServerOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The gateway as a separate process, and the Pusher-protocol server that sends it webhooks. */
final class GatewayStage implements AutoCloseable {

    private static final PusherApp APP = new PusherApp("app-id", "app-key", "app-secret");
    private static final String SECRET = "a secret that nobody but tests may know";
    /** Heap settings as in the image. */
    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final PusherServer pusher;
    private final ChildProcess gateway;
    private final URI address;
    private final List<Pusher> clients = new ArrayList<>();

    private GatewayStage(PusherServer pusher, ChildProcess gateway, URI address) {
        this.pusher = pusher;
        this.gateway = gateway;
        this.address = address;
    }

    static GatewayStage open(Servers servers, String kafka, Path folder) {
        return open(servers, kafka, folder, Map.of());
    }

    /** With {@code settings} in addition. */
    static GatewayStage open(Servers servers, String kafka, Path folder, Map<String, String> settings) {
        new TopicCreator(kafka).createFor(TopicReader.GATEWAY);
        String database = servers.database().create(servers.unique("gateway").replace('-', '_'));
        openInbox(servers, database);
        int port = servers.ports().next();
        int adminPort = servers.ports().next();
        var address = URI.create("http://127.0.0.1:" + port);
        var program = Program.ofJar(
                "gateway",
                Path.of(System.getProperty("threadly.home", ".."), "gateway/target/gateway.jar"),
                JVM_OPTIONS,
                with(
                        settings,
                        Map.ofEntries(
                                Map.entry("HTTP_HOST", "127.0.0.1"),
                                Map.entry("HTTP_PORT", Integer.toString(port)),
                                Map.entry("ADMIN_HOST", "127.0.0.1"),
                                Map.entry("ADMIN_PORT", Integer.toString(adminPort)),
                                Map.entry("KAFKA_BOOTSTRAP_SERVERS", kafka),
                                Map.entry(
                                        "SCHEMA_REGISTRY_URL",
                                        servers.registry().toString()),
                                Map.entry("DATABASE_URL", database),
                                Map.entry("DATABASE_USER", servers.database().user()),
                                Map.entry(
                                        "DATABASE_PASSWORD", servers.database().password()),
                                Map.entry("PUSHER_APP_ID", APP.id()),
                                Map.entry("PUSHER_KEY", APP.key()),
                                Map.entry("PUSHER_SECRET", APP.secret()),
                                Map.entry("AUTH_DEVELOPMENT_SECRET", SECRET))),
                folder.resolve("gateway.log"),
                adminPort);
        var gateway = ChildProcess.start(program, servers.watchdog()).awaitReady(LIMIT);
        var pusher = PusherServer.start(
                APP, PusherServerOptions.defaults().withWebhooks(List.of(address.resolve("/pusher/webhooks"))));
        return new GatewayStage(pusher, gateway, address);
    }

    private static Map<String, String> with(Map<String, String> settings, Map<String, String> others) {
        var all = new HashMap<>(others);
        all.putAll(settings);
        return all;
    }

    /** The worker's tables, which the gateway reads. */
    private static void openInbox(Servers servers, String url) {
        var settings = OwnerSettings.of(servers.database(), url);
        try (Database database = InboxTables.open(settings, new SimpleMeterRegistry())) {
            await().atMost(LIMIT).until(() -> database.trouble().isEmpty());
        }
    }

    URI address() {
        return address;
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

    /** The Pusher-protocol server. */
    PusherServer pusher() {
        return pusher;
    }

    static PusherApp app() {
        return APP;
    }

    /** The gateway's answer to {@code userId} reading {@code path}, with a token that grants nothing. */
    HttpResponse<String> get(String userId, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", "Bearer " + token(userId, List.of()))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    /** The gateway's answer to {@code userId} changing their settings. */
    int settings(String userId, String change) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve("/v1/settings"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token(userId, List.of()))
                .method("PATCH", BodyPublishers.ofString(change))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    /** The gateway's answer to {@code userId} typing in a conversation. */
    int typing(String userId, String conversationId) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve("/v1/conversations/" + conversationId + "/typing"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token(userId, List.of()))
                .POST(BodyPublishers.ofString("{\"isTyping\":true}"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    /** The gateway's answer to {@code userId}, whose token grants nothing, requesting a channel. */
    int authorization(String userId, String channel) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve("/pusher/auth"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Bearer " + token(userId, List.of()))
                .POST(BodyPublishers.ofString("socket_id=1.2&channel_name=" + channel))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    /** The gateway's answer to a genuine webhook of {@code bytes} bytes without events. */
    int webhook(int bytes) throws IOException, InterruptedException {
        String body = String.format(
                Locale.ROOT, "{\"time_ms\":%d,\"events\":[]}", Clock.systemUTC().millis());
        body += " ".repeat(Math.max(0, bytes - body.length()));
        var request = HttpRequest.newBuilder(address.resolve("/pusher/webhooks"))
                .header("Content-Type", "application/json")
                .header("X-Pusher-Key", APP.key())
                .header("X-Pusher-Signature", SignatureUtil.sign(body, APP.secret()))
                .POST(BodyPublishers.ofString(body))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    /** A forged webhook with the app's own key, whose last bytes never arrive. */
    Socket hangingWebhook(int claimed, byte[] sent) throws IOException {
        var socket = new Socket(address.getHost(), address.getPort());
        try {
            socket.getOutputStream()
                    .write(String.format(
                                    Locale.ROOT,
                                    "POST /pusher/webhooks HTTP/1.1\r\nHost: x\r\nX-Pusher-Key: %s\r\nX-Pusher-Signature: %s\r\nContent-Length: %d\r\n\r\n",
                                    APP.key(),
                                    "0".repeat(64),
                                    claimed)
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(sent);
        } catch (IOException e) {
            // Already abandoned.
        }
        return socket;
    }

    /** The gateway's health response. */
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

    /** Stops the gateway as an orchestrator does; returns its exit code. */
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

    static String token(String userId, List<String> conversations) {
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

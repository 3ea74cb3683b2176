package com.threadly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.localstack.DevelopmentTokens;
import com.threadly.localstack.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A signed-in user's requests, with a token that grants nothing. */
final class GatewayCaller implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    record Answer(int status, JsonNode body, Map<String, List<String>> headers) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI gateway;
    private final String token;

    GatewayCaller(LocalStack stack, String userId) {
        gateway = stack.gateway();
        token = new DevelopmentTokens(stack.settings().getOrDefault("AUTH_DEVELOPMENT_SECRET", ""), Clock.systemUTC())
                .token(userId, userId, List.of(), List.of());
    }

    Answer get(String path) throws IOException, InterruptedException {
        return get(path, Map.of());
    }

    Answer get(String path, Map<String, String> headers) throws IOException, InterruptedException {
        var request = request(path);
        headers.forEach(request::header);
        return send(request);
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    List<JsonNode> list(String query) throws IOException, InterruptedException {
        return get("/v1/notifications" + query)
                .body()
                .path("notifications")
                .valueStream()
                .toList();
    }

    int unread() throws IOException, InterruptedException {
        return get("/v1/notifications/unread-count").body().path("unread").asInt(-1);
    }

    int unseen() throws IOException, InterruptedException {
        return get("/v1/notifications/unread-count").body().path("unseen").asInt(-1);
    }

    /** Changes states of notifications; {@code path} is below theirs. */
    void mark(String path, String body) throws IOException, InterruptedException {
        assertThat(post("/v1/notifications/" + path, body).status()).as(path).isEqualTo(204);
    }

    void awaitUnread(int expected) {
        await().atMost(LIMIT).ignoreExceptions().until(this::unread, unread -> unread == expected);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        JsonNode body = answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
        return new Answer(answer.statusCode(), body, answer.headers().map());
    }

    @Override
    public void close() {
        http.close();
    }
}

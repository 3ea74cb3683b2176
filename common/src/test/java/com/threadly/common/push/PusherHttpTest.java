package com.threadly.common.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import com.threadly.common.push.PushOutcome.Delivered;
import com.threadly.common.push.PushOutcome.Rejected;
import com.threadly.common.push.PushOutcome.RetryAfter;
import com.threadly.common.push.PushOutcome.TooMany;
import com.threadly.common.push.PushOutcome.Unauthorized;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PusherHttpTest {

    private static final Duration SEVEN = Duration.ofSeconds(7);

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "200, {}, Delivered",
                "200, <html>, RetryAfter",
                "202, {}, Delivered",
                "302, moved, RetryAfter",
                "400, bad, Rejected",
                "401, key, Unauthorized",
                "403, quota, Unauthorized",
                "404, app, Unauthorized",
                "413, large, Rejected",
                "429, slow, TooMany",
                "500, oops, RetryAfter",
                "503, down, RetryAfter",
                "none, timeout, RetryAfter"
            })
    void theStatusDecides(Integer status, String body, String outcome) {
        assertThat(PusherHttp.outcome(status, body, SEVEN).getClass().getSimpleName())
                .isEqualTo(outcome);
    }

    @Test
    void honoursRetryAfter() {
        assertThat(PusherHttp.outcome(429, "slow", SEVEN)).isEqualTo(new TooMany(SEVEN, "HTTP 429: slow"));
        assertThat(PusherHttp.outcome(400, "bad", SEVEN)).isEqualTo(new Rejected(400, "bad"));
        assertThat(PusherHttp.outcome(401, "key", SEVEN)).isEqualTo(new Unauthorized(401, "key"));
        assertThat(PusherHttp.outcome(200, "{}", SEVEN)).isEqualTo(new Delivered());
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void anAnswerWithoutABodyIsToBeRetried(int status) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status, -1);
            }
        });
        server.start();
        try (var pusher = new PusherHttp(new PusherSettings(
                "id", "key", "secret", "127.0.0.1:" + server.getAddress().getPort(), false, SEVEN, 1, 100, null))) {
            assertThat(pusher.send(List.of(new PushEvent("channel", "event", "{}"))))
                    .isInstanceOf(RetryAfter.class);
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, PushEvent.MAX_DATA_BYTES / 8})
    void sendsChannelNameDataAndWhoIsNotToHearIt(int times) throws Exception {
        String data = "{\"text\":\"\\\\ „ü“ \uD83D\uDC57 </script>\"}".repeat(times);
        var event = new PushEvent("private-user-u1", "event", data);

        JsonNode sent = bodySent(null, List.of(event.exceptTo("1.2"), event));

        assertThat(sent)
                .isEqualTo(new ObjectMapper().readTree("""
                        {"batch": [
                            {"channel": "private-user-u1", "name": "event", "data": %1$s, "socket_id": "1.2"},
                            {"channel": "private-user-u1", "name": "event", "data": %1$s}
                        ]}
                        """.formatted(new ObjectMapper().writeValueAsString(data))));
    }

    @Test
    void encryptsWhatOnlySubscribersMayReadWithinPushersLimit() throws Exception {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        String text = "secret".repeat(2_000).substring(0, PushEvent.MAX_ENCRYPTED_DATA_BYTES);

        JsonNode sent = bodySent(
                key,
                List.of(
                        new PushEvent("private-encrypted-conversation-c1", "event", text),
                        new PushEvent("private-user-u1", "event", "open")));

        String encrypted = sent.at("/batch/0/data").asText();
        assertThat(encrypted)
                .doesNotContain("secret")
                .contains("nonce")
                .hasSizeLessThanOrEqualTo(PushEvent.MAX_DATA_BYTES);
        assertThat(encrypted).hasSizeGreaterThan(PushEvent.MAX_DATA_BYTES - 64);
        assertThat(sent.at("/batch/1/data").asText()).isEqualTo("open");
    }

    /** The body of the one request that delivers {@code batch}. */
    private static JsonNode bodySent(@Nullable String encryptionKey, List<PushEvent> batch) throws Exception {
        var body = new AtomicReference<JsonNode>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                body.set(new ObjectMapper().readTree(exchange.getRequestBody()));
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
        int port = server.getAddress().getPort();
        try (var pusher = new PusherHttp(
                new PusherSettings("id", "key", "secret", "127.0.0.1:" + port, false, SEVEN, 1, 100, encryptionKey))) {
            assertThat(pusher.send(batch)).isEqualTo(new Delivered());
        } finally {
            server.stop(0);
        }
        return body.get();
    }
}

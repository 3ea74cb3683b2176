package com.threadly.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import com.threadly.pusher.SendResult.Delivered;
import com.threadly.pusher.SendResult.RetryAfter;
import com.threadly.pusher.SendResult.TooMany;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PusherHttpTest {

    private static final Duration SEVEN = Duration.ofSeconds(7);

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final List<PushEvent> BATCH = List.of(new PushEvent("channel", "event", "{}"));

    /** A server's misbehavior after it has received the request. */
    private interface Misbehaviour {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    @Test
    void givesUpAnAnswerThatDrips() throws Exception {
        assertThat(outcome(SHORT, out -> {
                    write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{");
                    drip(out, " ");
                }))
                .isEqualTo(new RetryAfter(Duration.ZERO, "no complete response within PT0.3S"));
    }

    @Test
    void givesUpHeadersThatDrip() throws Exception {
        assertThat(outcome(SHORT, out -> {
                    write(out, "HTTP/1.1 200 OK\r\nX-Slow: ");
                    drip(out, "a");
                }))
                .isEqualTo(new RetryAfter(Duration.ZERO, "no complete response within PT0.3S"));
    }

    @Test
    void givesUpAServerThatOnlySaysItGoesOn() throws Exception {
        assertThat(outcome(SHORT, out -> drip(out, "HTTP/1.1 102 Processing\r\n\r\n")))
                .isEqualTo(new RetryAfter(Duration.ZERO, "no complete response within PT0.3S"));
    }

    @Test
    void readsNoMoreOfAnAnswerThanPusherWouldSend() throws Exception {
        var written = new AtomicLong();
        assertThat(outcome(SEVEN, out -> {
                    write(out, "HTTP/1.1 400 Bad Request\r\n\r\n");
                    byte[] much = "x".repeat(8192).getBytes(StandardCharsets.UTF_8);
                    // The client closes the connection, which ends this with an exception.
                    for (; written.get() < 1_000_000_000; written.addAndGet(much.length)) {
                        out.write(much);
                    }
                }))
                .isInstanceOfSatisfying(
                        RetryAfter.class, retry -> assertThat(retry.cause()).contains("more than 65536 bytes"));
        assertThat(written.get()).isLessThan(100_000_000);
    }

    @Test
    void readsNoMoreHeadersThanPusherWouldSend() throws Exception {
        assertThat(outcome(SEVEN, out -> {
                    write(out, "HTTP/1.1 200 OK\r\n");
                    for (int i = 0; i < 1_000_000; i++) {
                        write(out, "X-Header-" + i + ": value\r\n");
                    }
                }))
                .isInstanceOf(RetryAfter.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 Bad Request   | text/html        | <html><body>Bad Request</body></html> | Blocked",
                "413 Too Large     | text/html        | <html><body>Too large</body></html>   | Blocked",
                "422 Unprocessable | text/html        | <html></html>                         | Blocked",
                "403 Forbidden     | text/html        | <html><body>Blocked</body></html>     | Blocked",
                "400 Bad Request   | text/html        | Missing required parameter: name      | Rejected",
                "413 Too Large     | application/json | {\"error\":\"The data is too long\"}   | Rejected",
                "422 Unprocessable | application/json | {\"name\":[\"It is required.\"]}       | Rejected"
            })
    void tellsPushersAnswersFromOthers(String status, String type, String body, String outcome) throws Exception {
        assertThat(outcome(SEVEN, out -> write(out, String.format(Locale.ROOT, """
            HTTP/1.1 %s\r
            Content-Type: %s\r
            Content-Length: %d\r
            \r
            %s\
            """, status, type, body.length(), body)))
                        .getClass()
                        .getSimpleName())
                .isEqualTo(outcome);
    }

    @Test
    void waitsAtMostAMinuteWhenAskedToWaitADay() throws Exception {
        assertThat(outcome(
                        SEVEN,
                        out -> write(out, "HTTP/1.1 429 Slow\r\nRetry-After: 86400\r\nContent-Length: 4\r\n\r\nslow")))
                .isEqualTo(new TooMany(Duration.ofMinutes(1), "HTTP 429: slow"));
    }

    @Test
    void anErrorEndsItsConnectionSoThatTheNextMayReachAServerThatWorks() throws Exception {
        var connections = new AtomicInteger();
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> serve(server, out -> {
                // It would keep the connection.
                write(out, "HTTP/1.1 400 Bad Request\r\nContent-Length: 6\r\n\r\n<html>");
                connections.incrementAndGet();
            }));
            try (var pusher = pusher(server.getLocalPort(), SEVEN, null)) {
                pusher.send(BATCH);
                pusher.send(BATCH);
            }
        }
        assertThat(connections).hasValue(2);
    }

    /** The result of one request to such a server. */
    private static SendResult outcome(Duration timeout, Misbehaviour misbehaviour) throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> serve(server, misbehaviour));
            try (var pusher = pusher(server.getLocalPort(), timeout, null)) {
                return assertTimeoutPreemptively(LIMIT, () -> pusher.send(BATCH));
            }
        }
    }

    private static void serve(ServerSocket server, Misbehaviour misbehaviour) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                Thread.startVirtualThread(() -> drain(socket));
                misbehaviour.answer(socket.getOutputStream());
                // The client closes it.
                await().atMost(LIMIT).until(() -> {
                    try {
                        socket.getOutputStream().write(' ');
                        return false;
                    } catch (IOException e) {
                        return true;
                    }
                });
            } catch (IOException e) {
                // The client has closed its connection, or the test its server.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void drain(Socket socket) {
        try {
            var _ = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // It is closed.
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Until the client gives up; each byte comes sooner than its timeout between bytes. */
    private static void drip(OutputStream out, String text) throws IOException, InterruptedException {
        while (true) {
            write(out, text);
            Thread.sleep(20);
        }
    }

    private static PusherHttp pusher(int port, Duration timeout, @Nullable String encryptionKey) {
        return new PusherHttp(settings(port, timeout, encryptionKey));
    }

    private static PusherSettings settings(int port, Duration timeout, @Nullable String encryptionKey) {
        return new PusherSettings("id", "key", "secret", "127.0.0.1:" + port, false, timeout, 1, 100, encryptionKey);
    }

    /** A new one asks the name server again. */
    @ParameterizedTest
    @CsvSource({"PT1M, 1", "PT0.001S, 3"})
    void aConnectionIsNotUsedForLongerThanItsLife(Duration life, int expected) throws Exception {
        Set<Integer> connections = ConcurrentHashMap.newKeySet();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                connections.add(exchange.getRemoteAddress().getPort());
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
        try (var pusher = new PusherHttp(settings(server.getAddress().getPort(), SEVEN, null), life)) {
            for (int i = 0; i < 3; i++) {
                assertThat(pusher.send(BATCH)).isEqualTo(new Delivered());
                long answered = System.nanoTime();
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> System.nanoTime() - answered
                                > Duration.ofMillis(2).toNanos());
            }
        } finally {
            server.stop(0);
        }
        assertThat(connections).hasSize(expected);
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
        try (var pusher = pusher(server.getAddress().getPort(), SEVEN, null)) {
            assertThat(pusher.send(BATCH)).isInstanceOf(RetryAfter.class);
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
        try (var pusher = pusher(server.getAddress().getPort(), SEVEN, encryptionKey)) {
            assertThat(pusher.send(batch)).isEqualTo(new Delivered());
        } finally {
            server.stop(0);
        }
        return body.get();
    }
}

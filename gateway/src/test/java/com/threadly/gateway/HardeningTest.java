package com.threadly.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.threadly.gateway.webhooks.Signed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What a hostile caller may try below and around the API. */
class HardeningTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Far more bodies than may hang within the time in which these connections are opened. */
    private static final int HANGING = 60;

    private static final String WEBHOOK =
            String.format(Locale.ROOT, "{\"time_ms\":%d,\"events\":[]}", RunningGateway.NOW.toEpochMilli());

    private final HttpClient http = HttpClient.newHttpClient();
    private RunningGateway gateway = new RunningGateway(entries -> {});

    @AfterEach
    void stop() throws Exception {
        http.close();
        gateway.close();
    }

    @Test
    void aUserWhoExceedsTheRateWaitsAndOthersDoNot() throws Exception {
        limited(1, 1_000);

        assertThat(statuses("u1", 30)).contains(200, 429);
        var refused = ask("u1", "192.0.2.1");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(ask("u2", "192.0.2.1").statusCode()).isEqualTo(200);
    }

    @Test
    void whoUsesUpTheirLimitWaitsForOthersWhoDoAndNobodyElse() throws Exception {
        var begun = new CountDownLatch(1);
        var stored = new CompletableFuture<Void>();
        gateway.close();
        gateway = new RunningGateway(
                _ -> {
                    begun.countDown();
                    stored.join();
                },
                20,
                1_000,
                Optional.empty());
        try {
            var first = http.sendAsync(heartbeat("greedy"), BodyHandlers.discarding());
            begun.await();

            assertThat(http.send(heartbeat("greedy-too"), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(429);
            assertThat(ask("u1", "192.0.2.1").statusCode()).isEqualTo(200);

            stored.complete(null);
            assertThat(first.join().statusCode()).isEqualTo(204);
            assertThat(http.send(heartbeat("greedy-again"), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);
        } finally {
            stored.complete(null);
        }
    }

    @Test
    void anAddressThatExceedsTheRateWaitsWhateverItClaimsToBe() throws Exception {
        limited(1_000, 1);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            // The proxy appends the last; the caller writes the others.
            statuses.add(ask("u" + i, String.format(Locale.ROOT, "10.0.0.%d, 192.0.2.1", i))
                    .statusCode());
        }

        assertThat(statuses).contains(200, 429);
        assertThat(ask("u1", "192.0.2.2").statusCode()).isEqualTo(200);
    }

    @Test
    void anAddressThatAProxyWritesOnASeparateLineCounts() throws Exception {
        limited(1_000, 1);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            statuses.add(ask("u" + i, "10.0.0." + i, "192.0.2.1:" + (1_000 + i)).statusCode());
        }

        assertThat(statuses).contains(200, 429);
        // An address that the caller forges is not charged.
        assertThat(ask("u1", "192.0.2.1", "192.0.2.2").statusCode()).isEqualTo(200);
    }

    @Test
    void aHeaderThatIsTooLongIsRefused() throws Exception {
        var request = gateway.request("/v1/notifications")
                .header("Authorization", "Bearer " + "x".repeat(20_000))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(431);
        assertThat(answer.body()).doesNotContainIgnoringCase("jetty");
    }

    @Test
    void nothingThatIsSentBecomesAHeaderOfTheAnswer() throws Exception {
        String answer = raw(
                "POST /pusher/auth%0d%0aX-Injected:%201 HTTP/1.1",
                "Host: x", "Origin: https://evil.example%0d%0aX-Injected: 1", "Connection: close");

        assertThat(answer.toLowerCase(Locale.ROOT).lines().takeWhile(line -> !line.isEmpty()))
                .noneMatch(line -> line.startsWith("x-injected"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "POST\t/forged"})
    void aRequestIsOfItsOwnMethodWhateverAHeaderAsksFor(String method) throws Exception {
        String answer = raw(
                "POST /v1/notifications HTTP/1.1",
                "Host: x",
                "Authorization: Bearer " + RunningGateway.token("u1", "Ana", List.of()),
                "X-HTTP-Method-Override: " + method,
                "Content-Length: 0",
                "Connection: close");

        assertThat(answer).startsWith("HTTP/1.1 404");
    }

    /** Javalin would look for a socket before anything is counted, and leave a session behind. */
    @Test
    void aRequestForAWebSocketIsOneLikeAllOthers() throws Exception {
        limited(1_000, 1);
        var answers = new ArrayList<String>();
        for (int i = 0; i < 30; i++) {
            answers.add(raw(
                    "GET /socket HTTP/1.1",
                    "Host: x",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Connection: Upgrade, close"));
        }

        assertThat(answers).anyMatch(answer -> answer.startsWith("HTTP/1.1 404"));
        assertThat(answers).anyMatch(answer -> answer.startsWith("HTTP/1.1 429"));
        assertThat(answers)
                .noneMatch(answer -> answer.toLowerCase(Locale.ROOT).contains("set-cookie"))
                .allMatch(answer -> answer.contains("nosniff"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/orders/%u0041", "/v1/presence/users/%zz", "/v1/notifications/%/read", "/%u"})
    void aPathThatCannotBeReadIsRefused(String path) throws Exception {
        assertThat(raw("GET " + path + " HTTP/1.1", "Host: x", "Connection: close"))
                .startsWith("HTTP/1.1 400");
    }

    /** More than a connection's buffers hold, from many requests that are sent without reading. */
    @Test
    void whoDoesNotReadAnAnswerLosesTheConnection() throws Exception {
        String body =
                "socket_id=1.2" + ("&channel_name[]=" + "%01".repeat(150)).repeat(RunningGateway.CHANNELS_PER_USER);
        byte[] request = String.join(
                        "\r\n",
                        "POST /pusher/auth HTTP/1.1",
                        "Host: x",
                        "Content-Type: application/x-www-form-urlencoded",
                        "Authorization: Bearer " + RunningGateway.token("u1", "Ana", List.of()),
                        "Content-Length: " + body.length(),
                        "",
                        body)
                .getBytes(US_ASCII);
        var crowd = new ArrayList<Socket>();
        try (var silent = new Socket()) {
            silent.setReceiveBufferSize(4 * 1024);
            silent.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
            Thread sender = Thread.startVirtualThread(() -> {
                try {
                    while (true) {
                        silent.getOutputStream().write(request);
                    }
                } catch (IOException e) {
                    // The end that is waited for.
                }
            });
            // While there are many connections, all have less time.
            await().atMost(LIMIT).until(() -> {
                for (Socket one : List.copyOf(crowd.subList(0, crowd.size() / 10))) {
                    one.close();
                    crowd.remove(one);
                }
                while (crowd.size() < RunningGateway.MAX_CONNECTIONS - 10) {
                    crowd.add(new Socket(InetAddress.getLoopbackAddress(), gateway.port()));
                }
                return !sender.isAlive();
            });
        } finally {
            for (Socket one : crowd) {
                one.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=%", "cursor=%zz", "cursor=%", "unread=%1", "x=%g0"})
    void aQueryThatCannotBeReadIsRefused(String query) throws Exception {
        String answer = raw(
                "GET /v1/notifications?" + query + " HTTP/1.1",
                "Host: x",
                "Authorization: Bearer " + RunningGateway.token("u1", "Ana", List.of()),
                "Connection: close");

        assertThat(answer).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/notifications",
                "/v1/notifications/unread-count",
                "/v1/presence/users/u2",
                "/v1/presence/channels/presence-product-1"
            })
    void aHeadWithoutATokenIsRefused(String path) throws Exception {
        String answer = raw("HEAD " + path + " HTTP/1.1", "Host: x", "Connection: close");

        assertThat(answer).startsWith("HTTP/1.1 401");
        assertThat(answer.split("\r\n\r\n", 2)[1]).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, chunked", "chunked, chunked", "gzip", "identity"})
    void aBodyInAnotherCodingIsRefused(String coding) throws Exception {
        String answer = raw(
                "POST /pusher/webhooks HTTP/1.1",
                "Host: x",
                "X-Pusher-Key: app-key",
                "X-Pusher-Signature: " + "0".repeat(64),
                "Transfer-Encoding: " + coding,
                "Connection: close");

        assertThat(answer).containsPattern("^HTTP/1.1 (400|501)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /openapi.json HTTP/1.1\nHost: x\nConnection: close\n\n",
                "GET /openapi.json HTTP/1.1\r\nHost: x\nConnection: close\r\n\r\n",
                "GET /openapi.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\n",
            })
    void aBareLineFeedEndsNoHeader(String request) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.getOutputStream().flush();
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void pathsWithoutARouteCountForTheAddressToo() throws Exception {
        limited(1_000, 1);
        List<String> answers = IntStream.range(0, 20)
                .mapToObj(attempt -> status("/nothing/" + attempt))
                .distinct()
                .toList();

        assertThat(answers).containsExactly("HTTP/1.1 404", "HTTP/1.1 429");
    }

    private String status(String path) {
        try {
            return raw("GET " + path + " HTTP/1.1", "Host: x", "Connection: close")
                    .substring(0, 12);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void twoLengthsOfOneBodyAreRefused() throws Exception {
        String answer = raw(
                "POST /pusher/webhooks HTTP/1.1",
                "Host: x",
                "Content-Length: 3",
                "Transfer-Encoding: chunked",
                "Connection: close");

        assertThat(answer).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aBodyThatHangsOrTricklesInIsGivenUp(String trickle) throws Exception {
        try (var socket = head(webhookHead(RunningGateway.KEY, "Content-Length: 10000"))) {
            await().atMost(LIMIT).until(() -> {
                try {
                    socket.getOutputStream().write(trickle.getBytes(US_ASCII));
                    return socket.getInputStream().available() > 0;
                } catch (IOException e) {
                    // Answered and closed before a late byte was read; the response is there.
                    return true;
                }
            });
            assertThat(statusLine(socket)).contains("408");
        }
        await().untilAsserted(() -> assertThat(gateway.count("threadly.gateway.bodies.abandoned", "cause", "late"))
                .isEqualTo(1));
    }

    @Test
    void aBodyInChunksWithoutEndIsGivenUp() throws Exception {
        try (var socket = head(webhookHead(RunningGateway.KEY, "Transfer-Encoding: chunked"))) {
            socket.getOutputStream().write("5\r\n12345\r\n".getBytes(US_ASCII));

            assertThat(statusLine(socket)).contains("408");
        }
    }

    @Test
    void noBodyIsReadOfAWebhookWhoseKeyIsUnknown() throws Exception {
        try (var socket = head(webhookHead("other-key", "Content-Length: 10000"))) {
            assertThat(statusLine(socket)).contains("401");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pusher/auth",
                "/pusher/user-auth",
                "/v1/notifications/read",
                "/v1/conversations/c1/typing",
                "/v1/presence"
            })
    void noBodyIsReadWithoutAValidToken(String path) throws Exception {
        try (var socket = head(List.of(
                "POST %s HTTP/1.1".formatted(path), "Host: x", "Authorization: Bearer x", "Content-Length: 900"))) {
            assertThat(statusLine(socket)).contains("401");
        }
    }

    @Test
    void whoSendsForgedWebhooksWaitsAndPusherDoesNot() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            statuses.add(webhook("0".repeat(64), "192.0.2.1"));
        }

        assertThat(statuses).contains(401, 429).doesNotContain(200);
        assertThat(webhook(Signed.hex(RunningGateway.APP_SECRET, WEBHOOK), "192.0.2.2"))
                .isEqualTo(200);
    }

    @Test
    void pusherBehindTheAddressOfThoseWhoForgeWebhooksDoesNotWait() throws Exception {
        String forged = "0".repeat(64);
        await().atMost(LIMIT).until(() -> webhook(forged, "192.0.2.1") == 429);

        for (int i = 0; i < 30; i++) {
            assertThat(webhook(Signed.hex(RunningGateway.APP_SECRET, WEBHOOK), "192.0.2.1"))
                    .isEqualTo(200);
        }
        assertThat(webhook(forged, "192.0.2.1")).isIn(401, 429);
    }

    @Test
    void ofAnAddressWithForgedWebhooksFewLargeBodiesAreReadAtATime() throws Exception {
        await().atMost(LIMIT).until(() -> webhook("0".repeat(64), "192.0.2.1") == 429);
        var hanging = new ArrayList<Socket>();
        try {
            for (int i = 0; i < HANGING; i++) {
                hanging.add(hangingWebhook());
            }
            String large = WEBHOOK + " ".repeat(100_000);
            await().atMost(LIMIT)
                    .until(() -> webhook(Signed.hex(RunningGateway.APP_SECRET, large), "192.0.2.1", large) == 200);
            for (Socket socket : hanging) {
                assertThat(statusLine(socket)).containsAnyOf("408", "429", "503");
            }
            // Some were refused without being read.
            assertThat(gateway.count("threadly.gateway.bodies.abandoned", "cause", "late"))
                    .isBetween(1.0, HANGING - 1.0);
        } finally {
            for (Socket socket : hanging) {
                socket.close();
            }
        }
    }

    /** Larger than those that are read at once. */
    private Socket hangingWebhook() throws Exception {
        Socket socket = head(webhookHead(RunningGateway.KEY, "X-Forwarded-For: 192.0.2.1", "Content-Length: 500000"));
        socket.getOutputStream().write(new byte[1_000]);
        return socket;
    }

    @Test
    void aLargeWebhookOfPusherPassesBesideForgedOnes() throws Exception {
        await().atMost(LIMIT).until(() -> webhook("0".repeat(64), "192.0.2.1") == 429);
        String large = WEBHOOK + " ".repeat(500_000);

        // On a slow machine, so many bytes may be late at first.
        await().atMost(LIMIT)
                .until(() -> webhook(Signed.hex(RunningGateway.APP_SECRET, large), "192.0.2.1", large) == 200);
    }

    @Test
    void connectionsThatFinishNoRequestMakeRoomForOthers() throws Exception {
        var half = new ArrayList<Socket>();
        try {
            for (int i = 0; i < RunningGateway.MAX_CONNECTIONS + 20; i++) {
                half.add(new Socket(InetAddress.getLoopbackAddress(), gateway.port()));
                half.getLast().getOutputStream().write("GET /v1/".getBytes(US_ASCII));
            }
            assertThat(ask("u1", "192.0.2.1").statusCode()).isEqualTo(200);
            await().atMost(LIMIT).until(() -> {
                try {
                    half.getFirst().getOutputStream().write('x');
                    return half.getFirst().getInputStream().available() > 0;
                } catch (IOException e) {
                    return true;
                }
            });
        } finally {
            for (Socket socket : half) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization: Bearer %s, Authorization: Bearer %s, 401",
        "Host: x, Host: x, 400",
        "Content-Length: 0, Content-Length: 0, 400",
        "Content-Length: 0, Content-Length: 5, 400"
    })
    void headersThatAreAmbiguousAreRefused(String first, String second, int status) throws Exception {
        String token = RunningGateway.token("u1", "Ana", List.of());
        String answer = raw(Stream.of(
                        "POST /pusher/user-auth HTTP/1.1",
                        first.startsWith("Host") ? "X-Other: 1" : "Host: x",
                        first.formatted(token),
                        second.formatted(token),
                        "Connection: close")
                .toArray(String[]::new));

        assertThat(answer).startsWith(String.format(Locale.ROOT, "HTTP/1.1 %d", status));
    }

    @Test
    void aWebhookWithTwoKeysIsRefused() throws Exception {
        try (var socket = head(webhookHead(RunningGateway.KEY, "X-Pusher-Key: other-key", "Content-Length: 900"))) {
            assertThat(statusLine(socket)).contains("401");
        }
    }

    @Test
    void theLogHasNeitherTokensNorContent() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger("com.threadly");
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        logger.addAppender(log);
        try {
            String token = RunningGateway.token("u1", "Ana", List.of("c1"));
            var request = gateway.request("/v1/conversations/secret-id/typing?token=" + token)
                    .header("Authorization", "Bearer " + token)
                    .POST(BodyPublishers.ofString("{\"isTyping\":true,\"content\":\"secret words\"}"))
                    .build();
            http.send(request, BodyHandlers.discarding());
            await().untilAsserted(() -> assertThat(log.list)
                    .extracting(event -> String.valueOf(event.getKeyValuePairs()))
                    .anyMatch(pairs -> pairs.contains("/v1/conversations/{id}/typing")));
            assertThat(log.list)
                    .extracting(event -> event + String.valueOf(event.getKeyValuePairs()))
                    .allSatisfy(
                            line -> assertThat(line).doesNotContain("secret").doesNotContain(token));
        } finally {
            logger.detachAppender(log);
        }
    }

    /** As many channels as one request may name: a fifth of a burst. */
    private HttpRequest heartbeat(String user) throws Exception {
        String channels = IntStream.range(0, 20)
                .mapToObj(number -> "\"presence-product-" + number + "\"")
                .collect(Collectors.joining(","));
        return gateway.request("/v1/presence")
                .header("Authorization", "Bearer " + RunningGateway.token(user, user, List.of()))
                .POST(BodyPublishers.ofString("{\"change\":\"SEEN\",\"channels\":[" + channels + "]}"))
                .build();
    }

    private void limited(int perUser, int perAddress) throws Exception {
        gateway.close();
        gateway = new RunningGateway(entries -> {}, perUser, perAddress, Optional.empty());
    }

    private List<Integer> statuses(String user, int requests) throws Exception {
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < requests; i++) {
            statuses.add(ask(user, "192.0.2.1").statusCode());
        }
        return statuses;
    }

    private HttpResponse<String> ask(String user, String... forwardedFor) throws Exception {
        var request = gateway.request("/pusher/auth").header("Content-Type", "application/x-www-form-urlencoded");
        Stream.of(forwardedFor).forEach(line -> request.header("X-Forwarded-For", line));
        request.header("Authorization", "Bearer " + RunningGateway.token(user, user, List.of()))
                .POST(BodyPublishers.ofString("socket_id=1.2&channel_name=private-user-" + user));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private int webhook(String signature, String forwardedFor) throws Exception {
        return webhook(signature, forwardedFor, WEBHOOK);
    }

    private int webhook(String signature, String forwardedFor, String body) throws Exception {
        var request = gateway.request("/pusher/webhooks")
                .header("X-Forwarded-For", forwardedFor)
                .header("X-Pusher-Key", RunningGateway.KEY)
                .header("X-Pusher-Signature", signature)
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static List<String> webhookHead(String key, String... headers) {
        var head = new ArrayList<>(List.of(
                "POST /pusher/webhooks HTTP/1.1",
                "Host: x",
                "X-Pusher-Key: " + key,
                "X-Pusher-Signature: " + "0".repeat(64)));
        head.addAll(List.of(headers));
        return head;
    }

    /** A connection on which the head of a request was sent, but none of its body. */
    private Socket head(List<String> lines) throws Exception {
        var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.setSoTimeout((int) LIMIT.toMillis());
        socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(US_ASCII));
        return socket;
    }

    private static String statusLine(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
    }

    /** The response to a request without a body. */
    private String raw(String... head) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.getOutputStream().write((String.join("\r\n", head) + "\r\n\r\n").getBytes(US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}

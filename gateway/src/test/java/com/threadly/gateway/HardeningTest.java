package com.threadly.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a hostile caller may try below and beside the API. */
class HardeningTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private RunningGateway gateway = new RunningGateway(entries -> {});

    @AfterEach
    void stop() throws Exception {
        http.close();
        gateway.close();
    }

    @Test
    void aUserWhoAsksTooOftenWaitsAndOthersDoNot() throws Exception {
        limited(1, 1_000);

        assertThat(statuses("u1", 30)).contains(200, 429);
        var refused = ask("u1", "192.0.2.1");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(ask("u2", "192.0.2.1").statusCode()).isEqualTo(200);
    }

    @Test
    void anAddressThatAsksTooOftenWaitsWhateverItClaimsToBe() throws Exception {
        limited(1_000, 1);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            // The proxy adds the last; the caller writes what comes before.
            statuses.add(ask("u" + i, "10.0.0.%d, 192.0.2.1".formatted(i)).statusCode());
        }

        assertThat(statuses).contains(200, 429);
        assertThat(ask("u1", "192.0.2.2").statusCode()).isEqualTo(200);
    }

    @Test
    void anAddressThatAProxyWritesOnALineOfItsOwnCounts() throws Exception {
        limited(1_000, 1);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            statuses.add(ask("u" + i, "10.0.0." + i, "192.0.2.1:" + (1_000 + i)).statusCode());
        }

        assertThat(statuses).contains(200, 429);
        // Who is named by a forger is not the one who asks.
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

    @Test
    void aBodyThatTricklesInIsGivenUp() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.getOutputStream()
                    .write("POST /pusher/webhooks HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n"
                            .getBytes(US_ASCII));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                try {
                    socket.getOutputStream().write(' ');
                    socket.getOutputStream().flush();
                } catch (IOException e) {
                    return true;
                }
                return socket.getInputStream().available() > 0;
            });
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

    /** The answer to a request without a body. */
    private String raw(String... head) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.getOutputStream().write((String.join("\r\n", head) + "\r\n\r\n").getBytes(US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}

package com.threadly.pusherserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.pusher.rest.Pusher;
import com.pusher.rest.data.Event;
import com.pusher.rest.data.PresenceUser;
import com.pusher.rest.data.Result;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP API as pusher-http-java sees it. */
class HttpApiIT {

    private final TestServer test = new TestServer();
    private final Pusher http = test.http();
    private final Map<RawSocket, String> socketIds = new HashMap<>();

    @AfterEach
    void stop() {
        test.close();
    }

    @ParameterizedTest
    @CsvSource({
        "app-id, app-key, app-secret, 200",
        "app-id, app-key, wrong, 401",
        "app-id, wrong, app-secret, 401",
        "wrong, app-key, app-secret, 404"
    })
    void knowsWhoMayPublish(String id, String key, String secret, int status) {
        var pusher = new Pusher(id, key, secret);
        pusher.setHost(test.server().host() + ":" + test.server().port());

        assertThat(pusher.trigger("c", "e", "d").getHttpStatus()).isEqualTo(status);
        await().untilAsserted(() -> assertThat(test.server().stats().errors()).isEqualTo(status == 200 ? 0 : 1));
    }

    @Test
    void refusesWhatIsTooMuch() {
        assertThat(http.trigger("c", "e", "d".repeat(10_238)).getHttpStatus()).isEqualTo(200);
        assertThat(http.trigger("c", "e", "d".repeat(10_239)).getHttpStatus()).isEqualTo(413);
        assertThat(http.trigger(List.of(new Event("c", "e", "d"), new Event("c", "e", "d".repeat(10_239))))
                        .getHttpStatus())
                .isEqualTo(413);
        assertThat(http.trigger(Collections.nCopies(11, new Event("c", "e", "d")))
                        .getHttpStatus())
                .isEqualTo(400);
        assertThat(http.trigger(List.of(new Event("no channel", "e", "d"))).getHttpStatus())
                .isEqualTo(400);
        assertThat(http.trigger("c", "e".repeat(201), "d").getHttpStatus()).isEqualTo(400);
    }

    @Test
    void takesTheLargestBatchThatPusherTakes() {
        // Quotes and control characters grow sixfold when encoded.
        var event = new Event("c", "e", "\u0001".repeat(1_700));

        assertThat(http.trigger(Collections.nCopies(10, event)).getHttpStatus()).isEqualTo(200);
    }

    @Test
    void refusesTheWholeBatchForOneBadEvent() throws Exception {
        RawSocket socket = subscribed("c");

        http.trigger(List.of(new Event("c", "e", "1"), new Event("not valid", "e", "2")));
        http.trigger("c", "e", "3");

        assertThat(socket.next("e").path("data").asText()).isEqualTo("\"3\"");
    }

    @Test
    void answersQuestionsAboutChannels() throws Exception {
        assertThat(get("/channels", Map.of())).isEqualTo("{\"channels\":{}}");
        assertThat(get("/channels/c", Map.of())).isEqualTo("{\"occupied\":false}");
        RawSocket socket = subscribed("c");
        String auth = http.authenticate(socketIds.get(socket), "presence-p", new PresenceUser("ana", Map.of()));
        socket.send("{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"presence-p\"," + auth.substring(1) + "}");
        socket.next("pusher_internal:subscription_succeeded");

        assertThat(get("/channels", Map.of("filter_by_prefix", "presence-", "info", "user_count")))
                .isEqualTo("{\"channels\":{\"presence-p\":{\"user_count\":1}}}");
        assertThat(get("/channels/c", Map.of("info", "subscription_count")))
                .isEqualTo("{\"occupied\":true,\"subscription_count\":1}");
        assertThat(get("/channels/presence-p", Map.of("info", "user_count,subscription_count")))
                .isEqualTo("{\"occupied\":true,\"user_count\":1,\"subscription_count\":1}");
        assertThat(get("/channels/presence-p/users", Map.of())).isEqualTo("{\"users\":[{\"id\":\"ana\"}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "/channels, user_count, 400",
        "/channels/c, user_count, 400",
        "/channels/c/users, '', 400",
        "/nothing, '', 404"
    })
    void refusesQuestionsThatHaveNoAnswer(String path, String info, int status) {
        assertThat(http.get(path, Map.of("info", info)).getHttpStatus()).isEqualTo(status);
    }

    @Test
    void findsAChannelWhoseNameHasEveryAllowedCharacter() throws Exception {
        String name = "c-_=@,.;9";
        subscribed(name);

        assertThat(get("/channels/" + name, Map.of())).isEqualTo("{\"occupied\":true}");
    }

    @Test
    void forgetsAChannelWithItsLastSubscriber() throws Exception {
        RawSocket socket = subscribed("c");
        socket.send("{'event':'pusher:unsubscribe','data':{'channel':'c'}}");

        await().untilAsserted(() -> assertThat(get("/channels", Map.of())).isEqualTo("{\"channels\":{}}"));
        assertThat(test.server().stats().subscriptions()).isZero();
    }

    @Test
    void tellsAboutTheChannelsOfATriggerWhenAsked() throws Exception {
        subscribed("c");

        Result result = http.post(
                "/events",
                "{\"name\":\"e\",\"data\":\"d\",\"channels\":[\"c\",\"d\"],\"info\":\"subscription_count\"}");

        assertThat(result.getMessage())
                .isEqualTo("{\"channels\":{\"c\":{\"subscription_count\":1},\"d\":{\"subscription_count\":0}}}");
    }

    @Test
    void saysWhatItIs() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create(
                    "http://" + test.server().host() + ":" + test.server().port() + "/");
            var answer = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.headers().firstValue("X-Threadly-Development-Server"))
                    .contains("true");
            assertThat(answer.body()).contains("Not for production").doesNotContain(TestServer.APP.secret());
        }
        assertThat(TestServer.APP.toString()).doesNotContain(TestServer.APP.secret());
    }

    private RawSocket subscribed(String channel) throws Exception {
        RawSocket socket = test.socket();
        socketIds.put(socket, socket.socketId());
        socket.send("{'event':'pusher:subscribe','data':{'channel':'" + channel + "'}}");
        socket.next("pusher_internal:subscription_succeeded");
        return socket;
    }

    private String get(String path, Map<String, String> parameters) {
        return http.get(path, parameters).getMessage();
    }
}

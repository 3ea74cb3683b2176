package com.threadly.pusherserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.pusher.rest.SignatureUtil;
import com.pusher.rest.data.Event;
import com.pusher.rest.data.PresenceUser;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The WebSocket protocol, message by message. */
class WebSocketIT {

    private TestServer test = new TestServer();

    @AfterEach
    void stop() {
        test.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/app/wrong?protocol=7, 4001",
        "/app/app-key, 4008",
        "/app/app-key?protocol=x, 4006",
        "/app/app-key?protocol=3, 4007",
        "/app/app-key?protocol=8, 4007",
        "/elsewhere, 4005"
    })
    void turnsAwayWithThisCode(String path, int code) throws Exception {
        RawSocket socket = test.socket(path);

        assertThat(socket.next("pusher:error").path("data").path("code").asInt())
                .isEqualTo(code);
        assertThat(socket.closeCode()).isEqualTo(code);
        assertThat(test.server().stats().connections()).isZero();
    }

    @Test
    void greetsWithASocketIdAndATimeout() throws Exception {
        JsonNode greeting = test.socket().next("pusher:connection_established");

        assertThat(greeting.path("data").asText())
                .matches("\\{\"socket_id\":\"[0-9]+\\.[0-9]+\",\"activity_timeout\":120}");
        assertThat(test.server().stats().connections()).isEqualTo(1);
    }

    @Test
    void handsTheLastEventOfACacheChannelToWhoeverSubscribes() throws Exception {
        RawSocket early = connected();
        early.send("{'event':'pusher:subscribe','data':{'channel':'cache-news'}}");
        early.next("pusher_internal:subscription_succeeded");
        early.next("pusher:cache_miss");
        test.http().trigger("cache-news", "news", Map.of("number", 1));
        test.http().trigger("cache-news", "news", Map.of("number", 2));
        early.next("news");
        early.next("news");

        RawSocket late = connected();
        late.send("{'event':'pusher:subscribe','data':{'channel':'cache-news'}}");
        late.next("pusher_internal:subscription_succeeded");
        assertThat(late.next("news").path("data").asText()).isEqualTo("{\"number\":2}");
    }

    @Test
    void signsAUserIn() throws Exception {
        RawSocket socket = test.socket();
        String user = "{\"id\":\"ana\"}";
        String signature = SignatureUtil.sign(socket.socketId() + "::user::" + user, TestServer.APP.secret());

        socket.send("{'event':'pusher:signin','data':{'auth':'%s:%s','user_data':'{\\'id\\':\\'ana\\'}'}}"
                .formatted(TestServer.APP.key(), signature));

        assertThat(socket.next("pusher:signin_success")
                        .path("data")
                        .path("user_data")
                        .asText())
                .isEqualTo(user);
    }

    @Test
    void closesOnAForgedSignIn() throws Exception {
        RawSocket socket = connected();

        socket.send("{'event':'pusher:signin','data':{'auth':'app-key:00','user_data':'{\\'id\\':\\'ana\\'}'}}");

        assertThat(socket.closeCode()).isEqualTo(4009);
    }

    @Test
    void answersAPing() throws Exception {
        RawSocket socket = connected();

        socket.send("{'event':'pusher:ping','data':{}}");

        socket.next("pusher:pong");
    }

    @Test
    void asksASilentClientForASignOfLifeAndClosesOnesThatGiveNone() throws Exception {
        restart(PusherServerOptions.defaults().withTimeouts(Duration.ofMillis(400), Duration.ofMillis(400)));
        RawSocket socket = connected();
        socket.next("pusher:ping");
        socket.send("{'event':'pusher:pong','data':{}}");
        socket.next("pusher:ping");

        assertThat(socket.next("pusher:error").path("data").path("code").asInt())
                .isEqualTo(4201);
        assertThat(socket.closeCode()).isEqualTo(4201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "{'event':'pusher:subscribe','data':{'channel':'a b'}}",
                "{'event':'pusher:subscribe','data':{}}",
                "{'event':'pusher:subscribe','data':'c'}",
                "{'event':'pusher:nonsense','data':{}}",
                "{'event':'client-e','channel':'public','data':{}}",
                "{'event':'client-e','channel':'private-not-in','data':{}}"
            })
    void reportsABadMessageAndGoesOn(String message) throws Exception {
        RawSocket socket = connected();
        socket.send("{'event':'pusher:subscribe','data':{'channel':'public'}}");
        socket.next("pusher_internal:subscription_succeeded");

        socket.send(message);

        socket.next("pusher:error");
        socket.send("{'event':'pusher:ping','data':{}}");
        socket.next("pusher:pong");
    }

    @ParameterizedTest
    @CsvSource({
        "private-c, private-c, ana, ana, true",
        "private-c, private-d, ana, ana, false",
        "presence-c, presence-c, ana, ana, true",
        "presence-c, presence-c, ana, eve, false",
        "presence-c, private-c, ana, ana, false"
    })
    void entersOnlyWithASignatureForThisChannelAndUser(
            String channel, String signedChannel, String signedUser, String claimedUser, boolean enters)
            throws Exception {
        RawSocket socket = test.socket();
        String id = socket.socketId();
        String signed = signedChannel.startsWith("presence-")
                ? test.http().authenticate(id, signedChannel, new PresenceUser(signedUser))
                : test.http().authenticate(id, signedChannel);

        socket.send(subscribe(channel, signed.replace(signedUser, claimedUser)));

        socket.next(enters ? "pusher_internal:subscription_succeeded" : "pusher:subscription_error");
        // Counted once the client has received it.
        await().untilAsserted(
                        () -> assertThat(test.server().stats().subscriptions()).isEqualTo(enters ? 1 : 0));
    }

    @Test
    void refusesASecondSubscriptionToTheSameChannel() throws Exception {
        RawSocket socket = connected();
        socket.send("{'event':'pusher:subscribe','data':{'channel':'c'}}");
        socket.next("pusher_internal:subscription_succeeded");

        socket.send("{'event':'pusher:subscribe','data':{'channel':'c'}}");

        assertThat(socket.next("pusher:error").path("data").path("message").asText())
                .contains("Existing subscription");
    }

    @Test
    void limitsTheMembersOfAPresenceChannelButNotTheirDevices() throws Exception {
        restart(PusherServerOptions.defaults().withMaxPresenceMembers(1));

        enter("presence-c", "ana").next("pusher_internal:subscription_succeeded");
        enter("presence-c", "ana").next("pusher_internal:subscription_succeeded");
        JsonNode refusal = enter("presence-c", "ben").next("pusher:subscription_error");

        assertThat(refusal.path("data").asText()).contains("LimitReached");
    }

    @Test
    void refusesAClientEventThatIsTooLong() throws Exception {
        RawSocket socket = enter("presence-c", "ana");
        socket.next("pusher_internal:subscription_succeeded");

        socket.send("{'event':'client-e','channel':'presence-c','data':'" + "d".repeat(10_241) + "'}");

        socket.next("pusher:error");
        assertThat(test.server().stats().clientEvents()).isZero();
    }

    @Test
    void aClientThatDoesNotReadIsClosedAndHoldsUpNobody() throws Exception {
        restart(PusherServerOptions.defaults().withMaxQueuedBytes(1 << 20));
        RawSocket slow = connected();
        slow.send("{'event':'pusher:subscribe','data':{'channel':'c'}}");
        slow.next("pusher_internal:subscription_succeeded");
        RawSocket quick = connected();
        quick.send("{'event':'pusher:subscribe','data':{'channel':'c'}}");
        quick.next("pusher_internal:subscription_succeeded");
        slow.stopReading();

        var batch = Collections.nCopies(10, new Event("c", "e", "d".repeat(10_000)));
        int sent = 0;
        while (test.server().stats().overflows() == 0 && sent < 5_000) {
            assertThat(test.http().trigger(batch).getHttpStatus()).isEqualTo(200);
            sent += batch.size();
        }

        for (int i = 0; i < sent; i++) {
            quick.next("e");
        }
        await().untilAsserted(
                        () -> assertThat(test.server().stats().subscriptions()).isEqualTo(1));
        assertThat(test.server().stats().overflows()).isEqualTo(1);
        slow.readAgain();
        assertThat(slow.closeCode()).isEqualTo(4100);
    }

    @Test
    void tellsClientsToReconnectWhenItStops() throws Exception {
        RawSocket socket = connected();

        test.server().close();

        assertThat(socket.closeCode()).isEqualTo(4200);
    }

    private void restart(PusherServerOptions options) {
        test.close();
        test = new TestServer(options);
    }

    private RawSocket connected() throws Exception {
        RawSocket socket = test.socket();
        socket.next("pusher:connection_established");
        return socket;
    }

    private RawSocket enter(String channel, String user) throws Exception {
        RawSocket socket = test.socket();
        String auth = test.http().authenticate(socket.socketId(), channel, new PresenceUser(user, Map.of()));
        socket.send(subscribe(channel, auth));
        return socket;
    }

    private static String subscribe(String channel, String auth) {
        return "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"" + channel + "\"," + auth.substring(1) + "}";
    }
}

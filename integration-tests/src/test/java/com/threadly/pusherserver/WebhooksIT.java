package com.threadly.pusherserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.pusher.rest.data.PresenceUser;
import com.pusher.rest.data.Validity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Webhooks as the application's endpoint receives them. */
class WebhooksIT {

    private static final JsonMapper JSON = new JsonMapper();

    private final TestServer test = new TestServer();

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void tellsInOrderWhatHappenedOnAPresenceChannel() throws Exception {
        try (var target = new WebhookTarget()) {
            test.server().setWebhooks(List.of(target.uri()));
            RawSocket ana = enter("presence-c", "ana");
            RawSocket anasPhone = enter("presence-c", "ana");
            RawSocket ben = enter("presence-c", "ben");
            ben.send("{'event':'client-typing','channel':'presence-c','data':{'a':1}}");
            leave(ben);
            await().until(() -> test.server().stats().subscriptions() == 2);
            leave(ana);
            await().until(() -> test.server().stats().subscriptions() == 1);
            leave(anasPhone);

            awaitEvents(
                    target,
                    "channel_occupied presence-c",
                    "member_added presence-c ana",
                    "member_added presence-c ben",
                    "client_event presence-c ben client-typing {\"a\":1}",
                    "member_removed presence-c ben",
                    "member_removed presence-c ana",
                    "channel_vacated presence-c");
        }
    }

    @Test
    void signsWithTheAppsSecret() throws Exception {
        try (var target = new WebhookTarget()) {
            test.server().setWebhooks(List.of(target.uri()));
            subscribe("c");

            awaitEvents(target, "channel_occupied c");
            var received = target.received().getFirst();
            assertThat(test.http().validateWebhookSignature(received.key(), received.signature(), received.body()))
                    .isEqualTo(Validity.VALID);
            assertThat(JSON.readTree(received.body()).path("time_ms").asLong()).isPositive();
        }
    }

    @Test
    void gathersUpToTwentyEvents() throws Exception {
        try (var target = new WebhookTarget()) {
            test.server().setWebhooks(List.of(target.uri()));
            RawSocket socket = test.socket();
            socket.socketId();
            IntStream.range(0, 45)
                    .forEach(i -> socket.send("{'event':'pusher:subscribe','data':{'channel':'c" + i + "'}}"));

            awaitEvents(
                    target,
                    IntStream.range(0, 45)
                            .mapToObj(i -> "channel_occupied c" + i)
                            .toArray(String[]::new));
            assertThat(target.received())
                    .allSatisfy(
                            webhook -> assertThat(JSON.readTree(webhook.body()).path("events"))
                                    .hasSizeLessThanOrEqualTo(20));
            assertThat(target.received()).hasSizeLessThan(45);
        }
    }

    @Test
    void sendsAgainWhatWasNotTakenAndKeepsTheOrder() throws Exception {
        try (var target = new WebhookTarget(500, 302)) {
            test.server().setWebhooks(List.of(target.uri()));
            subscribe("c");
            await().until(() -> !target.received().isEmpty());
            subscribe("d");

            await().untilAsserted(() ->
                    assertThat(test.server().stats().webhooksSent()).isEqualTo(2));
            assertThat(target.received().stream().map(WebhooksIT::events).toList())
                    .containsExactly(
                            List.of("channel_occupied c"),
                            List.of("channel_occupied c"),
                            List.of("channel_occupied c"),
                            List.of("channel_occupied d"));
            assertThat(test.server().stats().webhooksFailed()).isEqualTo(2);
        }
    }

    @Test
    void aTargetThatIsDownHoldsUpNoOther() throws Exception {
        var down = new WebhookTarget();
        down.close();
        try (var target = new WebhookTarget()) {
            test.server().setWebhooks(List.of(down.uri(), target.uri()));
            subscribe("c");

            awaitEvents(target, "channel_occupied c");
        }
    }

    private static void awaitEvents(WebhookTarget target, String... lines) {
        await().untilAsserted(() -> {
            var all = new ArrayList<String>();
            target.received().forEach(webhook -> all.addAll(events(webhook)));
            assertThat(all).containsExactly(lines);
        });
    }

    /** Each event's values in one line, except for the sender's socket. */
    private static List<String> events(WebhookTarget.Received webhook) {
        var lines = new ArrayList<String>();
        try {
            for (JsonNode event : JSON.readTree(webhook.body()).path("events")) {
                var line = new ArrayList<String>();
                event.properties().stream()
                        .filter(field -> !field.getKey().equals("socket_id"))
                        .forEach(field -> line.add(field.getValue().asText()));
                lines.add(String.join(" ", line));
            }
        } catch (JsonProcessingException e) {
            throw new AssertionError(webhook.body(), e);
        }
        return lines;
    }

    private RawSocket subscribe(String channel) throws Exception {
        RawSocket socket = test.socket();
        socket.socketId();
        socket.send("{'event':'pusher:subscribe','data':{'channel':'" + channel + "'}}");
        socket.next("pusher_internal:subscription_succeeded");
        return socket;
    }

    private RawSocket enter(String channel, String user) throws Exception {
        RawSocket socket = test.socket();
        String auth = test.http().authenticate(socket.socketId(), channel, new PresenceUser(user, Map.of()));
        socket.send(
                "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"" + channel + "\"," + auth.substring(1) + "}");
        socket.next("pusher_internal:subscription_succeeded");
        return socket;
    }

    private static void leave(RawSocket socket) {
        socket.send("{'event':'pusher:unsubscribe','data':{'channel':'presence-c'}}");
    }
}

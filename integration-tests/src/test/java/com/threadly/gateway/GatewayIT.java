package com.threadly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceChanged;
import com.threadly.events.Topics;
import com.threadly.events.TypingChanged;
import com.threadly.events.UserSettingsChanged;
import com.threadly.localstack.servers.KafkaBroker;
import com.threadly.localstack.testing.Servers;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's own jar between the real pusher-java-client, a Pusher-protocol server, the broker and the registry. */
@ExtendWith(Servers.Extension.class)
class GatewayIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private Path folder;

    @Test
    void whatHappensOnChannelsBecomesEvents(Servers servers) {
        String product = "presence-product-" + servers.unique("p");
        String conversation = servers.unique("c");
        try (var stage = GatewayStage.open(servers, servers.kafka(), folder);
                var presence = new TopicTail<>(servers, servers.kafka(), Topics.PRESENCE_EVENTS);
                var typing = new TopicTail<>(servers, servers.kafka(), Topics.TYPING_EVENTS)) {
            var ana = stage.client("ana", List.of(conversation));
            var heard = new SubscriptionRecorder();
            ana.subscribePresence(product, heard);
            await().atMost(LIMIT).until(heard::log, log -> log.contains("subscribed"));
            assertThat(heard.log()).contains("member ana {\"name\":\"Name of ana\"}");
            // Within one webhook, only the last word would count.
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(presence.of(product)).hasSize(1));
            ana.unsubscribe(product);

            var channel = ana.subscribePrivate("private-conversation-" + conversation, heard);
            await().atMost(LIMIT).until(channel::isSubscribed);
            channel.trigger("client-typing", "{\"isTyping\":true,\"userId\":\"ana\"}");

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(presence.of(product))
                            .extracting(PresenceChanged::getUserId, PresenceChanged::getChange)
                            .containsExactly(tuple("ana", PresenceChange.JOINED), tuple("ana", PresenceChange.LEFT)));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(typing.of(conversation))
                            .extracting(TypingChanged::getUserId, TypingChanged::getTyping)
                            .containsExactly(tuple("ana", true)));
            assertThat(stage.stop()).isZero();
        }
    }

    @Test
    void someoneElsesChannelStaysShut(Servers servers) {
        try (var stage = GatewayStage.open(servers, servers.kafka(), folder)) {
            var ana = stage.client("ana", List.of("c1"));
            for (String channel : List.of("private-user-ben", "private-conversation-c2", "private-order-o1")) {
                var heard = new SubscriptionRecorder();
                ana.subscribePrivate(channel, heard);
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(heard.log())
                                .singleElement()
                                .asString()
                                .startsWith("refused"));
            }
        }
    }

    @Test
    void theLatestEventSaysWhoTakesPart(Servers servers) throws Exception {
        String conversation = servers.unique("c");
        String order = servers.unique("o");
        try (var stage = GatewayStage.open(servers, servers.kafka(), folder);
                var services = new GatewayEvents(servers)) {
            services.message(conversation, "ana", "ben");
            services.order(order, "ben", "ana");
            await().atMost(LIMIT)
                    .until(() -> stage.authorization("ana", "private-conversation-" + conversation) == 200);
            await().atMost(LIMIT).until(() -> stage.authorization("ben", "private-order-" + order) == 200);
            assertThat(stage.authorization("ana", "private-order-" + order)).isEqualTo(200);
            assertThat(stage.authorization("cleo", "private-conversation-" + conversation))
                    .isEqualTo(403);
            assertThat(stage.authorization("cleo", "private-order-" + order)).isEqualTo(403);
            var shown = stage.get("ana", "/v1/orders/" + order);
            assertThat(shown.statusCode()).isEqualTo(200);
            assertThat(shown.body())
                    .startsWith("{\"orderId\":\"" + order + "\",\"status\":\"PLACED\",\"previousStatus\":null,");
            assertThat(stage.get("ben", "/v1/orders/" + order).body()).isEqualTo(shown.body());
            assertThat(stage.get("cleo", "/v1/orders/" + order).statusCode()).isEqualTo(403);
            assertThat(stage.get("ana", "/v1/orders/" + servers.unique("o")).statusCode())
                    .isEqualTo(403);
            assertThat(stage.get("ana", "/v1/orders/%00").statusCode()).isBetween(400, 403);

            // Ben was a participant, and has not asked yet: no earlier answer is cached.
            String other = servers.unique("c");
            services.message(other, "ana", "ben");
            services.message(other, "ana", "cleo");
            await().atMost(LIMIT).until(() -> stage.authorization("cleo", "private-conversation-" + other) == 200);
            assertThat(stage.authorization("ben", "private-conversation-" + other))
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2099-01-01T00:00:00Z", "9999-12-31T23:59:59Z"})
    void aMessageFromTheFuturePinsNobody(Instant future, Servers servers) throws Exception {
        String conversation = servers.unique("c");
        try (var stage = GatewayStage.open(servers, servers.kafka(), folder);
                var services = new GatewayEvents(servers)) {
            services.messageAt(future, conversation, "ana", "ben");
            services.message(conversation, "ana", "cleo");

            await().atMost(LIMIT)
                    .until(() -> stage.authorization("cleo", "private-conversation-" + conversation) == 200);
            assertThat(stage.authorization("dee", "private-conversation-" + conversation))
                    .isEqualTo(403);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> stage.authorization("ben", "private-conversation-" + conversation) == 403);
        }
    }

    @Test
    void bodiesThatHangEndNeitherTheGatewayNorTheRequestsOfOthers(Servers servers) throws Exception {
        var hanging = new ArrayList<Socket>();
        try (var stage = GatewayStage.open(servers, servers.kafka(), folder)) {
            byte[] sent = new byte[508 * 1024];
            for (int i = 0; i < 600; i++) {
                hanging.add(stage.hangingWebhook(512 * 1024, sent));
                if (i % 100 == 99) {
                    assertThat(stage.authorization("ana", "private-user-ana")).isEqualTo(200);
                    assertThat(stage.webhook(0)).isEqualTo(200);
                    assertThat(stage.webhook(256 * 1024)).isEqualTo(200);
                }
            }
            assertThat(stage.readiness()).isEqualTo(200);
            assertThat(stage.stop()).isZero();
        } finally {
            for (Socket socket : hanging) {
                socket.close();
            }
        }
    }

    @Test
    void whoAppearsOfflineIsCountedAndNotShown(Servers servers) throws Exception {
        String product = "presence-product-" + servers.unique("p");
        try (var stage = GatewayStage.open(servers, servers.kafka(), folder);
                var presence = new TopicTail<>(servers, servers.kafka(), Topics.PRESENCE_EVENTS);
                var settings = new TopicTail<>(servers, servers.kafka(), Topics.USER_SETTINGS_EVENTS)) {
            String user = servers.unique("ghost");
            assertThat(stage.settings(user, "{\"appearOffline\":true}")).isEqualTo(200);
            assertThat(stage.settings(user, "{}")).isEqualTo(400);
            var heard = new SubscriptionRecorder();
            stage.client(user, List.of()).subscribePresence(product, heard);

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(presence.of(product))
                            .extracting(PresenceChanged::getUserId)
                            .containsExactly(user));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(settings.of(user))
                            .extracting(UserSettingsChanged::getAppearOffline)
                            .containsExactly(true));
            assertThat(heard.log()).contains("subscribed").noneMatch(event -> event.contains(user));
        }
    }

    @Test
    void nothingIsLostWhileKafkaIsAway(Servers servers) {
        int port = servers.ports().next();
        String product = "presence-product-" + servers.unique("p");
        var broker =
                KafkaBroker.start(folder.resolve("kafka"), port, servers.ports().next());
        String address = broker.bootstrapServers();
        try (var stage = GatewayStage.open(servers, address, folder)) {
            broker.close();
            await().atMost(LIMIT).until(() -> stage.readiness() == 503);
            stage.client("ana", List.of()).subscribePresence(product, new SubscriptionRecorder());
            await().atMost(LIMIT).until(() -> stage.webhookFailures() > 0);

            broker = KafkaBroker.start(
                    folder.resolve("kafka"), port, servers.ports().next());
            try (var presence = new TopicTail<>(servers, address, Topics.PRESENCE_EVENTS)) {
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(presence.of(product)).isNotEmpty());
                assertThat(presence.of(product).stream()
                                .map(PresenceChanged::getEventId)
                                .distinct())
                        .hasSize(1);
            }
            await().atMost(LIMIT).until(() -> stage.readiness() == 200);
        } finally {
            broker.close();
        }
    }
}

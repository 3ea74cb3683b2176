package com.threadly.localstack.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.pusher.rest.Pusher;
import com.pusher.rest.data.PresenceUser;
import com.threadly.pusherserver.PusherApp;
import com.threadly.pusherserver.PusherServer;
import com.threadly.pusherserver.PusherServerOptions;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real Pusher client against the development server, with a gateway that believes every token but Eve's. */
class SubscribersIT {

    private static final PusherApp APP = new PusherApp("app", "key", "secret");

    private final PusherServer server = PusherServer.start(APP, PusherServerOptions.defaults());
    private final Pusher http = new Pusher(APP.id(), APP.key(), APP.secret());
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Javalin gateway = Javalin.create(config -> config.routes.post("/pusher/auth", exchange -> {
                String token = String.valueOf(exchange.header("Authorization"));
                String channel = String.valueOf(exchange.formParam("channel_name"));
                String socket = String.valueOf(exchange.formParam("socket_id"));
                tokens.add(token + " " + channel);
                if (token.endsWith("eve")) {
                    exchange.status(403).result("not yours");
                } else {
                    exchange.result(
                            channel.startsWith("presence-")
                                    ? http.authenticate(socket, channel, new PresenceUser(token))
                                    : http.authenticate(socket, channel));
                }
            }))
            .start("127.0.0.1", 0);
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Push> pushes = new CopyOnWriteArrayList<>();

    SubscribersIT() {
        http.setHost("127.0.0.1:" + server.port());
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.stop();
        server.close();
    }

    @Test
    void hearsEveryKindOfChannelOverSeveralConnections() throws Exception {
        List<Subscription> subscriptions = new ArrayList<>(IntStream.range(0, 300)
                .mapToObj(n -> new Subscription("private-user-u" + n, "u" + n))
                .toList());
        subscriptions.add(new Subscription("presence-product-p", "ana"));
        subscriptions.add(new Subscription("global-announcements", null));

        try (Subscribers _ = open(subscriptions, 4)) {
            for (Subscription subscription : subscriptions) {
                http.trigger(subscription.channel(), "notification", Map.of("n", 1));
            }

            await().untilAsserted(() -> assertThat(pushes).hasSize(302));
            assertThat(pushes.stream().map(Push::channel))
                    .containsExactlyInAnyOrderElementsOf(
                            subscriptions.stream().map(Subscription::channel).toList());
            assertThat(pushes).allSatisfy(push -> {
                assertThat(push.event()).isEqualTo("notification");
                assertThat(push.data()).isEqualTo("{\"n\":1}");
            });
            assertThat(tokens)
                    .hasSize(301)
                    .contains("Bearer token of u7 private-user-u7", "Bearer token of ana presence-product-p");
        }
    }

    @Test
    void saysWhichChannelWasRefused() {
        assertThatThrownBy(() -> open(List.of(new Subscription("private-user-ana", "eve")), 1))
                .isInstanceOf(SubscribeException.class)
                .hasMessageContaining("private-user-ana as eve")
                .hasMessageContaining("403 not yours");
    }

    @Test
    void saysThatThereIsNoServer() {
        server.close();

        assertThatThrownBy(() -> open(List.of(new Subscription("global-announcements", null)), 1))
                .isInstanceOf(SubscribeException.class)
                .hasMessageContaining("ws://127.0.0.1:" + server.port());
    }

    private Subscribers open(List<Subscription> subscriptions, int connections) throws InterruptedException {
        return Subscribers.open(
                new PusherEndpoint(APP.key(), "127.0.0.1", server.port(), false),
                new GatewayAuthorizer(
                        URI.create("http://127.0.0.1:" + gateway.port()), user -> "token of " + user, client),
                subscriptions,
                connections,
                pushes::add,
                Clock.systemUTC());
    }
}

package com.threadly.pusherserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.pusher.client.PusherOptions;
import com.pusher.client.connection.ConnectionEventListener;
import com.pusher.client.connection.ConnectionStateChange;
import com.pusher.rest.data.Event;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** pusher-http-java on one side, pusher-java-client on the other. */
class ClientLibraryIT {

    private final TestServer test = new TestServer();
    private final Recorder ana = new Recorder();
    private final Recorder ben = new Recorder();

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void deliversAnEventOfAPublicChannel() {
        var client = test.client("ana");
        client.connect();
        client.subscribe("global-announcements", ana, "announcement");
        awaitLog(ana, "subscribed");

        var result = test.http().trigger("global-announcements", "announcement", Map.of("title", "“Hi” \n<b>& 😀"));

        assertThat(result.getHttpStatus()).isEqualTo(200);
        assertThat(result.getMessage()).isEqualTo("{}");
        awaitLog(ana, "subscribed", "announcement {\"title\":\"“Hi” \\n<b>& 😀\"}");
    }

    @Test
    void deliversABatchInItsOrderAndOnlyToItsChannels() {
        var client = test.client("ana");
        client.connect();
        client.subscribePrivate("private-user-ana", ana, "n");
        client.subscribe("other", ben, "n");
        awaitLog(ana, "subscribed");
        awaitLog(ben, "subscribed");

        var expected = new ArrayList<>(List.of("subscribed"));
        for (int batch = 0; batch < 20; batch++) {
            int first = batch * 10;
            List<Event> events = IntStream.range(first, first + 10)
                    .mapToObj(i -> new Event("private-user-ana", "n", i))
                    .toList();
            assertThat(test.http().trigger(events).getHttpStatus()).isEqualTo(200);
            events.forEach(event -> expected.add("n " + event.getData()));
        }

        awaitLog(ana, expected.toArray(String[]::new));
        assertThat(ben.log()).containsExactly("subscribed");
        assertThat(test.server().stats().batchSizeSum()).isEqualTo(200);
        await().untilAsserted(() ->
                assertThat(test.server().stats().messagesDelivered()).isEqualTo(200));
    }

    @Test
    void keepsAnEventFromTheSocketThatCausedIt() {
        var first = test.client("ana");
        var second = test.client("ben");
        first.connect();
        second.connect();
        first.subscribe("c", ana, "e");
        second.subscribe("c", ben, "e");
        awaitLog(ana, "subscribed");
        awaitLog(ben, "subscribed");

        test.http().trigger("c", "e", "1", first.getConnection().getSocketId());
        test.http().trigger("c", "e", "2");

        awaitLog(ben, "subscribed", "e \"1\"", "e \"2\"");
        awaitLog(ana, "subscribed", "e \"2\"");
    }

    @Test
    void tellsMembersOfAPresenceChannelWhoComesAndGoes() {
        var first = test.client("ana");
        first.connect();
        first.subscribePresence("presence-product-1", ana);
        awaitLog(ana, "users ana", "subscribed");

        var second = test.client("ben");
        second.connect();
        second.subscribePresence("presence-product-1", ben);
        awaitLog(ben, "users ana,ben", "subscribed");
        awaitLog(ana, "users ana", "subscribed", "added ben {\"name\":\"Name of ben\"}");

        second.disconnect();
        awaitLog(ana, "users ana", "subscribed", "added ben {\"name\":\"Name of ben\"}", "removed ben");
    }

    @Test
    void aUsersSecondDeviceIsNoNewMember() {
        var first = test.client("ana");
        first.connect();
        first.subscribePresence("presence-x", ana);
        awaitLog(ana, "users ana", "subscribed");
        var phone = test.client("ben");
        var laptop = test.client("ben");
        phone.connect();
        phone.subscribePresence("presence-x", ben);
        awaitLog(ben, "users ana,ben", "subscribed");
        laptop.connect();
        var onLaptop = new Recorder();
        laptop.subscribePresence("presence-x", onLaptop);
        awaitLog(onLaptop, "users ana,ben", "subscribed");

        phone.unsubscribe("presence-x");
        await().until(() -> test.server().stats().subscriptions() == 2);
        laptop.disconnect();

        awaitLog(ana, "users ana", "subscribed", "added ben {\"name\":\"Name of ben\"}", "removed ben");
    }

    @Test
    void passesClientEventsToTheOthersAndNamesTheSender() {
        var first = test.client("ana");
        var second = test.client("ben");
        first.connect();
        second.connect();
        var channel = first.subscribePresence("presence-c", ana, "client-typing");
        awaitLog(ana, "users ana", "subscribed");
        second.subscribePresence("presence-c", ben, "client-typing");
        awaitLog(ben, "users ana,ben", "subscribed");

        channel.trigger("client-typing", "{\"isTyping\":true}");

        awaitLog(ben, "users ana,ben", "subscribed", "client-typing {\"isTyping\":true} by ana");
        assertThat(ana.log()).noneMatch(line -> line.startsWith("client-typing"));
    }

    @Test
    void refusesAForgedSubscription() {
        var client = test.client("ana");
        var forged = new com.pusher.client.Pusher(
                TestServer.APP.key(),
                new PusherOptions()
                        .setHost(test.server().host())
                        .setWsPort(test.server().port())
                        .setUseTLS(false)
                        .setChannelAuthorizer((channel, socketId) -> "{\"auth\":\"app-key:00\"}"));
        var errors = new CopyOnWriteArrayList<String>();
        forged.connect(new ConnectionEventListener() {
            @Override
            public void onConnectionStateChange(ConnectionStateChange change) {}

            @Override
            public void onError(String message, String code, Exception e) {
                errors.add(code + " " + message);
            }
        });
        forged.subscribePrivate("private-c", ana, "e", "pusher:subscription_error");
        client.connect();

        await().untilAsserted(() -> assertThat(errors).anyMatch(error -> error.startsWith("4009 Invalid signature")));
        awaitLogSize(ana, 1);
        assertThat(ana.log().getFirst()).startsWith("pusher:subscription_error").contains("AuthError");
        assertThat(test.server().stats().subscriptions()).isZero();
        forged.disconnect();
    }

    @Test
    void carriesEncryptedChannels() throws Exception {
        var encrypting = new com.pusher.rest.Pusher(
                TestServer.APP.id(),
                TestServer.APP.key(),
                TestServer.APP.secret(),
                Base64.getEncoder().encodeToString(new byte[32]));
        encrypting.setHost(test.server().host() + ":" + test.server().port());
        var client = new com.pusher.client.Pusher(
                TestServer.APP.key(),
                new PusherOptions()
                        .setHost(test.server().host())
                        .setWsPort(test.server().port())
                        .setUseTLS(false)
                        .setChannelAuthorizer((channel, socketId) -> encrypting.authenticate(socketId, channel)));
        client.connect();
        client.subscribePrivateEncrypted("private-encrypted-c", ana, "e");
        awaitLog(ana, "subscribed");

        encrypting.trigger("private-encrypted-c", "e", Map.of("secret", "word"));

        awaitLog(ana, "subscribed", "e {\"secret\":\"word\"}");
        client.disconnect();
        encrypting.close();
    }

    private static void awaitLog(Recorder recorder, String... lines) {
        await().untilAsserted(() -> assertThat(recorder.log()).containsExactly(lines));
    }

    private static void awaitLogSize(Recorder recorder, int size) {
        await().untilAsserted(() -> assertThat(recorder.log()).hasSize(size));
    }
}

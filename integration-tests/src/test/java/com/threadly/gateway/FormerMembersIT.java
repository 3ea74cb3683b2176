package com.threadly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.pusher.client.Pusher;
import com.pusher.client.channel.PrivateChannelEventListener;
import com.threadly.events.MembersChange;
import com.threadly.events.MembersChannel;
import com.threadly.events.TopicReader;
import com.threadly.localstack.bootstrap.TopicCreator;
import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.process.Program;
import com.threadly.localstack.testing.Servers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who has left a conversation hears nothing more of it, whatever their client does. The jars of both, as separate processes. */
@ExtendWith(Servers.Extension.class)
class FormerMembersIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What docs/guarantees.md promises. */
    private static final Duration PROMISED = Duration.ofMinutes(1);

    private static final String WORKER = "message-fanout-worker";

    private final Servers servers;
    private final String conversation;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Before each test.
    private GatewayStage stage;

    @SuppressWarnings("NullAway.Init") // Before each test.
    private ChildProcess worker;

    @SuppressWarnings("NullAway.Init") // Before each test.
    private GatewayEvents services;

    FormerMembersIT(Servers servers) {
        this.servers = servers;
        this.conversation = servers.unique("c");
    }

    @BeforeEach
    void start() {
        stage = GatewayStage.open(servers, servers.kafka(), folder);
        new TopicCreator(servers.kafka()).createFor(TopicReader.MESSAGE_FANOUT_WORKER);
        worker = ChildProcess.start(worker(servers.unique(WORKER)), servers.watchdog())
                .awaitReady(LIMIT);
        services = new GatewayEvents(servers);
    }

    @AfterEach
    void stop() {
        services.close();
        worker.close();
        stage.close();
    }

    @Test
    void whoIsLeftOutOfAMessageHearsNoLaterOne() throws Exception {
        services.messageTo(conversation, "hello", "ana", "ben", "cleo");
        var ben = new Listener("ben");
        var cleo = new Listener("cleo");
        ben.subscribe(firstChannel());
        cleo.subscribe(firstChannel());
        services.messageTo(conversation, "all three", "ana", "ben", "cleo");
        ben.awaits("all three");
        cleo.awaits("all three");

        services.messageTo(conversation, "without cleo", "ana", "ben");
        // As long as the worker may not know.
        await().atMost(PROMISED).until(() -> {
            services.messageTo(conversation, "again", "ana", "ben");
            return ben.heard("conversation-moved") && cleo.heard("conversation-moved");
        });
        String channel = membersChannel("ana", "ben");
        ben.subscribe(channel);
        cleo.isRefused(channel);
        services.messageTo(conversation, "between us", "ana", "ben");
        ben.awaits("between us");
        assertThat(stage.typing("ana", conversation)).isEqualTo(204);
        ben.awaits("typing");

        assertThat(cleo.log).noneMatch(event -> event.contains("between us") || event.startsWith("typing"));
        await().atMost(PROMISED).until(() -> stage.authorization("cleo", firstChannel()) == 403);
        assertThat(stage.authorization("ben", firstChannel())).isEqualTo(200);
    }

    @Test
    void leavingNeedsNoMessageAndWhoComesBackHearsAgain() throws Exception {
        services.messageTo(conversation, "hello", "ana", "ben", "cleo");
        var cleo = new Listener("cleo");
        cleo.subscribe(firstChannel());

        services.members(conversation, MembersChange.LEFT, "ana", "ben");
        await().atMost(PROMISED).until(() -> stage.authorization("cleo", firstChannel()) == 403);
        var ben = new Listener("ben");
        ben.subscribe(firstChannel());
        String without = membersChannel("ana", "ben");
        ben.subscribe(without);
        services.messageTo(conversation, "between us", "ana", "ben");
        ben.awaits("between us");
        assertThat(cleo.log).noneMatch(event -> event.contains("between us"));

        services.members(conversation, MembersChange.JOINED, "ana", "ben", "cleo");
        String with = membersChannel("ana", "ben", "cleo");
        cleo.subscribe(with);
        services.messageTo(conversation, "welcome back", "ana", "ben", "cleo");
        cleo.awaits("welcome back");
        assertThat(cleo.log).noneMatch(event -> event.contains("between us"));
        cleo.isRefused(without);
    }

    @Test
    void aWorkerThatStartsAnewKnowsWhoHasLeft() throws Exception {
        services.messageTo(conversation, "hello", "ana", "ben");
        var ben = new Listener("ben");
        ben.subscribe(firstChannel());
        services.messageTo(conversation, "to cleo", "ana", "cleo");
        var cleo = new Listener("cleo");
        cleo.subscribe(membersChannel("ana", "cleo"));

        worker.close();
        worker = ChildProcess.start(worker(servers.unique(WORKER)), servers.watchdog())
                .awaitReady(LIMIT);
        services.messageTo(conversation, "after the start", "ana", "cleo");

        cleo.awaits("after the start");
        assertThat(ben.log).noneMatch(event -> event.contains("after the start"));
    }

    private String firstChannel() {
        return "private-conversation-" + conversation;
    }

    private String membersChannel(String... members) {
        return "private-members-"
                + MembersChannel.of(conversation, List.of(members)).id();
    }

    /** In a group of its own, so that it pushes what is published from its start on. */
    private Program worker(String group) {
        int adminPort = servers.ports().next();
        return Program.ofJar(
                WORKER,
                Path.of(System.getProperty("threadly.home", ".."), WORKER + "/target/" + WORKER + ".jar"),
                List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                Map.ofEntries(
                        Map.entry("ADMIN_HOST", "127.0.0.1"),
                        Map.entry("ADMIN_PORT", Integer.toString(adminPort)),
                        Map.entry("KAFKA_BOOTSTRAP_SERVERS", servers.kafka()),
                        Map.entry("SCHEMA_REGISTRY_URL", servers.registry().toString()),
                        Map.entry("CONSUMER_GROUP", group),
                        Map.entry("PUSHER_APP_ID", GatewayStage.app().id()),
                        Map.entry("PUSHER_KEY", GatewayStage.app().key()),
                        Map.entry("PUSHER_SECRET", GatewayStage.app().secret()),
                        Map.entry("PUSHER_TLS", "false"),
                        Map.entry(
                                "PUSHER_HOST",
                                stage.pusher().host() + ":" + stage.pusher().port())),
                folder.resolve(group + ".log"),
                adminPort);
    }

    /** Somebody whose client never signs in, and keeps every subscription. */
    private final class Listener {

        private final Pusher client;
        private final SubscriptionRecorder recorder = new SubscriptionRecorder();
        private final List<String> log = recorder.log();

        Listener(String userId) {
            client = stage.client(userId, List.of());
        }

        /** Subscribes as soon as the gateway lets it. */
        void subscribe(String channel) {
            await().atMost(LIMIT).until(() -> {
                var subscribed = client.getPrivateChannel(channel);
                if (subscribed != null && subscribed.isSubscribed()) {
                    return true;
                }
                client.unsubscribe(channel);
                var _ = client.subscribePrivate(channel, listener(), "new-message", "typing", "conversation-moved");
                return false;
            });
        }

        void isRefused(String channel) {
            long before =
                    log.stream().filter(event -> event.startsWith("refused")).count();
            var _ = client.subscribePrivate(channel, listener());
            await().atMost(LIMIT)
                    .until(() -> log.stream()
                                    .filter(event -> event.startsWith("refused"))
                                    .count()
                            > before);
            client.unsubscribe(channel);
        }

        void awaits(String text) {
            await().atMost(LIMIT).until(() -> heard(text));
        }

        boolean heard(String text) {
            return log.stream().anyMatch(event -> event.contains(text));
        }

        private PrivateChannelEventListener listener() {
            return recorder;
        }
    }
}

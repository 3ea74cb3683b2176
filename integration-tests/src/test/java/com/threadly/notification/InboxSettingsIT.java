package com.threadly.notification;

import static com.threadly.notification.SampleEvents.message;
import static com.threadly.notification.SampleEvents.presence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import com.threadly.events.UserStatus;
import com.threadly.localstack.testing.Servers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators set, in the worker's own process. */
@ExtendWith(Servers.Extension.class)
class InboxSettingsIT {

    private final Servers servers;
    private final InboxRig rig;

    InboxSettingsIT(Servers servers) throws Exception {
        this.servers = servers;
        this.rig = new InboxRig(servers);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void whoIsOnlineIsNotToldOfMessages() throws Exception {
        try (RunningWorker worker =
                rig.launch(Map.of("DIGEST_QUIET_FOR", "online")).awaitReady()) {
            rig.topics().publish(List.of(presence("ben", UserStatus.ONLINE, Instant.now())));
            await().atMost(InboxRig.LIMIT)
                    .until(() -> rig.inbox()
                            .query("SELECT user_id FROM user_presence WHERE online")
                            .equals(List.of("ben")));
            rig.topics().publish(List.of(message(1)));
            await().atMost(InboxRig.LIMIT)
                    .until(() -> digests("pushed_at IS NOT NULL").equals(List.of("ben", "cid")));
            worker.stop();
        }
        assertThat(rig.pushed()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"NOTIFICATION_RETENTION, 30d, 0", "INBOX_MAX_ROWS, 10, 10"})
    void whatIsTooOldOrTooMuchIsRemoved(String setting, String value, int left) throws Exception {
        rig.order(300);
        try (RunningWorker worker = rig.launch()) {
            rig.awaitAllPushed();
            worker.stop();
        }
        try (RunningWorker worker = rig.launch(Map.of(setting, value)).awaitReady()) {
            await().atMost(InboxRig.LIMIT).until(() -> rig.rows("true") == left);
            worker.stop();
        }
    }

    @Test
    void ofEncryptedConversationsPusherLearnsNeitherTextNorSender() throws Exception {
        String key =
                Base64.getEncoder().encodeToString("a-key-of-thirty-two-bytes-for-us".getBytes(StandardCharsets.UTF_8));
        var pushed = new ConcurrentLinkedQueue<String>();
        HttpServer pusher = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pusher.createContext("/", exchange -> {
            pushed.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        pusher.start();
        Map<String, String> encrypted = Map.of(
                "PUSHER_HOST", "127.0.0.1:" + pusher.getAddress().getPort(), "PUSHER_ENCRYPTION_MASTER_KEY", key);
        rig.topics().publish(List.of(message(1), message(2)));
        try (RunningWorker worker = rig.launch(encrypted)) {
            await().atMost(InboxRig.LIMIT)
                    .until(() -> digests("pushed_at IS NOT NULL").equals(List.of("ben", "cid")));
            worker.stop();
        }
        assertThat(String.join("\n", pushed))
                .contains("private-encrypted-user-ben", "private-encrypted-user-cid", "nonce")
                .doesNotContain("private-user-", "Ana", "Text ", "new message");
        assertThat(rig.inbox().rows()).allMatch(row -> row.contains("2 new messages from Ana"));

        assertThat(rebuilt(encrypted)).contains("0 rows added, 0 changed, 2 equal");
        assertThat(rebuilt(Map.of())).contains("0 rows added, 0 changed, 2 equal");
        pusher.stop(0);
    }

    private String rebuilt(Map<String, String> settings) throws Exception {
        ProcessBuilder command = RunningWorker.command(servers, rig.inbox(), rig.pusher(), List.of("rebuild"));
        command.environment().putAll(settings);
        Process rebuild = command.start();
        String output = new String(rebuild.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(rebuild.waitFor()).as(output).isZero();
        return output;
    }

    private List<String> digests(String condition) {
        return rig.inbox()
                .query("SELECT user_id FROM notification WHERE type = 'message' AND " + condition
                        + " ORDER BY user_id");
    }
}

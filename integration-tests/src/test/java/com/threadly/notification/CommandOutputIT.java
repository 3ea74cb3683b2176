package com.threadly.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.OrderStatus;
import com.threadly.localstack.testing.Servers;
import com.threadly.pusherserver.PusherServer;
import com.threadly.pusherserver.PusherServerOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Standard output holds only a command's result, however much is logged. */
@ExtendWith(Servers.Extension.class)
class CommandOutputIT {

    private record Output(int exitCode, String out, String err) {}

    private final Servers servers;
    private final PusherServer pusher = PusherServer.start(RunningWorker.APP, PusherServerOptions.defaults());
    private InboxFixture inbox;
    private TopicLog topics;

    @TempDir
    private Path folder;

    CommandOutputIT(Servers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void prepare() throws Exception {
        inbox = new InboxFixture(servers);
        topics = new TopicLog(servers);
    }

    @AfterEach
    void close() {
        topics.close();
        inbox.close();
        pusher.close();
    }

    @Test
    void rebuildPrintsItsSummaryAlone() throws Exception {
        topics.publish(List.of(SampleEvents.order(1, OrderStatus.SHIPPED)));
        topics.commitAll();

        Output rebuilt = run("INFO", "rebuild");

        assertThat(rebuilt.exitCode()).as(rebuilt.err()).isZero();
        assertThat(rebuilt.out().lines()).hasSize(1).first().asString().startsWith("rebuilt: ");
        assertThat(rebuilt.err()).contains(" INFO ");
    }

    @Test
    void saysHowToWriteATime() throws Exception {
        Output refused = run("INFO", "rebuild", "--from", "yesterday");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("'--from': expected a time such as 2026-01-31T00:00:00Z, but found yesterday")
                .doesNotContain("java.time");
    }

    private Output run(String kafkaLevel, String... arguments) throws Exception {
        Path err = folder.resolve("err");
        var builder = RunningWorker.command(servers, inbox, pusher, List.of(arguments))
                .redirectErrorStream(false)
                .redirectError(err.toFile());
        builder.environment().putAll(Map.of("LOG_LEVEL", "DEBUG", "LOG_LEVEL_KAFKA", kafkaLevel));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), out, Files.readString(err));
    }
}

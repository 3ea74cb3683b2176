package com.threadly.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.process.FreePorts;
import com.threadly.localstack.testing.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackIT {

    private final StackOptions options = StackOptions.defaults()
            .withWorkers(Set.of(Worker.MESSAGE_FANOUT_WORKER, Worker.GATEWAY))
            .withAnnouncement();

    @TempDir
    private Path data;

    @Test
    void runsWorkersBetweenRealServersAndLeavesNothingBehind() throws Exception {
        List<ChildProcess> children = new ArrayList<>();
        try (LocalStack stack = LocalStack.start(options.withData(data), Progress.silent())) {
            for (Worker worker : options.workers()) {
                assertThat(stack.process(worker).isAlive()).as(worker.id()).isTrue();
                children.add(stack.process(worker));
            }
            assertThat(RunningFile.read(options.home()).orElseThrow()).containsAllEntriesOf(stack.settings());
            assertThat(topics(stack)).contains("order-events", "message-events.message-fanout-worker.dlq");
            DriverManager.getConnection(
                            stack.database().jdbcUrl(),
                            stack.database().user(),
                            stack.database().password())
                    .close();

            stack.process(Worker.MESSAGE_FANOUT_WORKER).kill();
            children.add(stack.restart(Worker.MESSAGE_FANOUT_WORKER));
            children.add(stack.startAnother(Worker.MESSAGE_FANOUT_WORKER));
            assertThat(children.getLast().isAlive()).isTrue();
        }
        assertThat(children).noneMatch(ChildProcess::isAlive);
        assertThat(RunningFile.read(options.home())).isEmpty();
    }

    @Test
    void startsAgainOnOtherPortsWhenAnotherProgramTookAFreeOne() throws Exception {
        var seeds = new AtomicInteger(1);
        int registryPort = portOf(Port.SCHEMA_REGISTRY, new FreePorts(new Random(seeds.get())));
        try (var rival = new ServerSocket()) {
            var progress = new Recorded() {
                @Override
                public void starts(String part) {
                    if (part.equals("schema registry") && !rival.isBound()) {
                        listen(rival, registryPort);
                    }
                }
            };
            try (LocalStack stack = LocalStack.start(
                    StackOptions.defaults().withWorkers(Set.of()),
                    progress,
                    () -> new FreePorts(new Random(seeds.getAndIncrement())))) {
                assertThat(stack.registry().getPort()).isNotEqualTo(registryPort);
            }
            assertThat(progress.startedAgain).isTrue();
        }
    }

    @Test
    void keepsTheLogsOfAStackThatDidNotStartAndNamesTheCause() {
        var wrong = StackOptions.defaults()
                .withWorkers(Set.of(Worker.MESSAGE_FANOUT_WORKER))
                .withSettings(Map.of("PUSHER_TIMEOUT", "soon"));

        assertThatIllegalStateException()
                .isThrownBy(() -> LocalStack.start(wrong, Progress.silent()))
                .withMessageContaining("message-fanout-worker ended with exit code 2 before it was ready:")
                .withMessageContaining("PUSHER_TIMEOUT=soon is wrong")
                .satisfies(failure -> {
                    String message = String.valueOf(failure.getMessage());
                    Path logs = Path.of(message.substring(message.indexOf("All logs: ") + "All logs: ".length()));
                    assertThat(logs.resolve("message-fanout-worker.log"))
                            .content()
                            .contains("PUSHER_TIMEOUT");
                    Folders.delete(logs.resolve("..").normalize());
                });
    }

    /** Ports are assigned in the order of declaration. */
    private static int portOf(Port wanted, FreePorts ports) {
        int port = 0;
        for (Port each : Port.values()) {
            port = ports.next();
            if (each == wanted) {
                break;
            }
        }
        return port;
    }

    private static void listen(ServerSocket socket, int port) {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private abstract static class Recorded implements Progress {

        boolean startedAgain;

        @Override
        public void ready(String part, Duration took) {}

        @Override
        public void waits(String part, Duration waited) {}

        @Override
        public void failed(String part) {}

        @Override
        public void startsAgain() {
            startedAgain = true;
        }

        @Override
        public void stops() {}
    }

    private static Iterable<String> topics(LocalStack stack) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafka()))) {
            return admin.listTopics().names().get();
        }
    }
}

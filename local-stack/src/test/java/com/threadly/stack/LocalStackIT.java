package com.threadly.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.stack.process.ChildProcess;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static Iterable<String> topics(LocalStack stack) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafka()))) {
            return admin.listTopics().names().get();
        }
    }
}

package com.threadly.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.process.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningFileTest {

    private final Addresses addresses =
            new Addresses(StackOptions.defaults().withPort(Port.PAGE, 4711), new FreePorts(new Random(3)));

    @TempDir
    private Path home;

    @Test
    void tellsItsOwnerAloneWhereTheStackRunsAndGoesWithIt() throws Exception {
        try (RunningFile file = write()) {
            assertThat(file).isNotNull();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(RunningFile.of(home))))
                    .isEqualTo("rw-------");
            assertThat(RunningFile.read(home).orElseThrow())
                    .containsEntry("PUSHER_SECRET", "hush")
                    .containsEntry("PAGE_URL", "http://127.0.0.1:4711")
                    .containsKey("GATEWAY_URL");
        }
        assertThat(RunningFile.read(home)).isEmpty();
        assertThat(RunningFile.of(home)).doesNotExist();
    }

    @Test
    void doesNotTakeTheFileOfAKilledStackForARunningOne() throws Exception {
        try (RunningFile file = write()) {
            assertThat(file).isNotNull();
            Process ended = new ProcessBuilder("true").start();
            ended.waitFor();
            String text = Files.readString(RunningFile.of(home));
            Files.writeString(
                    RunningFile.of(home),
                    text.replace("STACK_PID=" + ProcessHandle.current().pid(), "STACK_PID=" + ended.pid()));
            assertThat(RunningFile.read(home)).isEmpty();
        }
        assertThat(RunningFile.of(home))
                .as("another stack's file is not this one's to remove")
                .exists();
    }

    private RunningFile write() {
        return RunningFile.write(home, Map.of("PUSHER_SECRET", "hush"), addresses);
    }
}

package com.threadly.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final FreePorts ports = new FreePorts(RandomGenerator.getDefault());
    private final Watchdog watchdog = Watchdog.start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        watchdog.close();
    }

    @Test
    void runsAProgramUntilItIsAskedToEnd() {
        ChildProcess child = start(Sleepers.program(ports.next(), log())).awaitReady(LIMIT);
        assertThat(child.isAlive()).isTrue();
        assertThat(child.exitCode()).isEmpty();

        child.stop(LIMIT);
        assertThat(child.exitCode()).isEqualTo(OptionalInt.of(128 + 15));
        assertThat(log()).content().contains("hello from a child").contains("goodbye");
    }

    @Test
    void killsWithoutWarning() {
        ChildProcess child = start(Sleepers.program(ports.next(), log())).awaitReady(LIMIT);
        child.kill();
        assertThat(child.exitCode()).isEqualTo(OptionalInt.of(128 + 9));
        assertThat(log()).content().doesNotContain("goodbye");
    }

    @Test
    void leavesCtrlCToTheStack() throws Exception {
        ChildProcess child = start(Sleepers.program(ports.next(), log())).awaitReady(LIMIT);
        new ProcessBuilder("/bin/sh", "-c", "kill -s INT " + child.pid())
                .start()
                .waitFor();
        child.stop(LIMIT);
        assertThat(child.exitCode()).isEqualTo(OptionalInt.of(128 + 15));
    }

    @Test
    void showsTheEndOfTheLogOfAProgramThatEndsTooSoon() {
        ChildProcess child = start(Sleepers.program(ports.next(), log(), "fail"));
        assertThatThrownBy(() -> child.awaitReady(LIMIT))
                .hasMessageContaining("sleeper ended with exit code 3")
                .hasMessageContaining("cannot go on");
    }

    @Test
    void endsAProgramThatIsNotReadyInTime() {
        ChildProcess child = start(Sleepers.program(ports.next(), log()));
        assertThatThrownBy(() -> child.awaitReady(Duration.ZERO)).hasMessageContaining("was not ready within 0 s");
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void noChildOutlivesAParentThatIsKilled() throws Exception {
        Program sleeper = Sleepers.program(ports.next(), log());
        Process parent = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SleeperParent.class.getName(),
                        Integer.toString(sleeper.ready().getPort()),
                        log().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = parent.inputReader()) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            assertThat(child.isAlive()).isTrue();
            parent.destroyForcibly().waitFor();
            Awaitility.await().atMost(LIMIT).until(() -> !child.isAlive());
        }
        assertThat(log()).content().contains("goodbye");
    }

    @Test
    void aWatchdogThatIsClosedStopsWhatItStillGuards() {
        ChildProcess child = start(Sleepers.program(ports.next(), log())).awaitReady(LIMIT);
        watchdog.close();
        Awaitility.await().atMost(LIMIT).until(() -> !child.isAlive());
    }

    private ChildProcess start(Program program) {
        return ChildProcess.start(program, watchdog);
    }

    private Path log() {
        return folder.resolve("sleeper.log");
    }
}

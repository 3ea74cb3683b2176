package com.threadly.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    private static final String FRAMES = "\tat org.example.Server.bind(Server.java:1)\n".repeat(40);

    @TempDir
    private Path folder;

    @Test
    void namesTheRootCauseOfTheLastStackTrace() throws IOException {
        Path log = log("starting\njava.lang.IllegalStateException: no server\n" + FRAMES
                + "Caused by: java.io.IOException: no socket\n" + FRAMES
                + "Caused by: java.net.BindException: Address already in use\n" + FRAMES + "\t... 12 more\n");

        assertThat(LogTail.cause(log)).hasValue("java.net.BindException: Address already in use");
        assertThat(LogTail.of(log))
                .contains("starting", "no server", "no socket", "Address already in use")
                .doesNotContain("\tat ", "more");
    }

    @Test
    void takesTheLastLineForTheCauseWhereNothingWasThrown() throws IOException {
        assertThat(LogTail.cause(log("starting\nFATAL:  could not bind\n\n"))).hasValue("FATAL:  could not bind");
    }

    @Test
    void knowsNoCauseOfASilentProgram() throws IOException {
        assertThat(LogTail.cause(log(""))).isEmpty();
        assertThat(LogTail.cause(folder.resolve("missing.log"))).isEmpty();
        assertThat(LogTail.of(folder.resolve("missing.log"))).startsWith("(no log");
    }

    private Path log(String text) throws IOException {
        return Files.writeString(folder.resolve("program.log"), text);
    }
}

package com.threadly.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.RunningStack;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TailCommandTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"bad channel", "private-user-ana#1", "", "presence-search-Mäntel"})
    void refusesWhatNoChannelCanBeCalled(String channel, @TempDir Path home) {
        var terminal = new Terminal(
                InputStream.nullInputStream(), System.out, new PrintStream(err, true, StandardCharsets.UTF_8));
        var tail = new TailCommand(terminal, new RunningStack(home, Map.of()), Clock.systemUTC());

        assertThat(new CommandLine(tail).execute(channel)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("CHANNEL");
    }
}

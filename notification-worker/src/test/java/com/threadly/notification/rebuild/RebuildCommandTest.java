package com.threadly.notification.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RebuildCommandTest {

    @ParameterizedTest
    @CsvSource({
        "--fresh --user ben, --fresh needs all topics",
        "--fresh --from 2026-01-31T00:00:00Z, --fresh needs all topics",
        "--fresh --topics order-events, --fresh needs all topics",
        "--fresh --push, --push cannot be combined with --fresh or --dry-run",
        "--push --dry-run, --push cannot be combined with --fresh or --dry-run",
        "--topics typing-events, typing-events produces no rows",
        "--from yesterday, Invalid value for option '--from'"
    })
    void refusesWhatMakesNoSenseBeforeItDoesAnything(String options, String why) {
        var errors = new StringWriter();
        var line = new CommandLine(new RebuildCommand(() -> {
                    throw new AssertionError("began");
                }))
                .setErr(new PrintWriter(errors));

        int exitCode = line.execute(options.split(" "));

        assertThat(exitCode).isEqualTo(2);
        assertThat(errors.toString()).contains(why);
    }
}

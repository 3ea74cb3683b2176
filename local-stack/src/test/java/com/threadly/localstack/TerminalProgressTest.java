package com.threadly.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void printsOneLineAPartWhereNobodyWatches() {
        start(new TerminalProgress(out, false));
        assertThat(printed().lines())
                .containsExactly("  broker                  1.5 s", "  registry                failed");
    }

    @Test
    void rewritesItsLinesOnATerminal() {
        start(new TerminalProgress(out, true));
        assertThat(printed())
                .contains("\r\033[K  broker                  …\n")
                .endsWith("\033[2A\r\033[K  broker                  1.5 s\n\r\033[K  registry                failed\n");
    }

    @Test
    void saysNothingMoreOfPartsOnceTheStackStops() {
        Progress progress = new TerminalProgress(out, true);
        progress.starts("broker");
        progress.stops();
        progress.ready("broker", Duration.ofMillis(1_500));
        assertThat(printed()).endsWith("stopping\n");
    }

    private static void start(Progress progress) {
        progress.starts("broker");
        progress.starts("registry");
        progress.ready("broker", Duration.ofMillis(1_500));
        progress.failed("registry");
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

package com.threadly.localstack.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where a command reads and writes: results go to {@code out}, everything else to {@code err}. */
public record Terminal(InputStream in, PrintStream out, PrintStream err) {

    /** The process's own, always UTF-8: the output is JSON. */
    public static Terminal ofProcess() {
        return new Terminal(
                System.in,
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8));
    }
}

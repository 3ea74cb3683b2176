package com.threadly.localstack.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a POSIX shell does for us, if there is one. */
final class Shell {

    private static final Path SH = Path.of("/bin/sh");

    /** A child's standard input: the terminal stays the stack's. */
    static final File NOTHING = new File(isPresent() ? "/dev/null" : "NUL");

    private Shell() {}

    static boolean isPresent() {
        return Files.isExecutable(SH);
    }

    static List<String> running(String script) {
        return List.of(SH.toString(), "-c", script);
    }

    /**
     * Put before a command, leaves Ctrl-C and a closed terminal, which reach every process of the terminal, to the
     * stack: it stops its children in order.
     */
    static List<String> deafToTheTerminal() {
        return isPresent() ? List.of(SH.toString(), "-c", "trap '' INT HUP; exec \"$@\"", "sh") : List.of();
    }
}

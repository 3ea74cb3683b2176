package com.threadly.localstack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The last lines of a log, for a message about a failure. */
public final class LogTail {

    private static final int LINES = 20;

    /** Frames of a stack trace, which crowd out the informative lines. */
    private static final Pattern FRAME = Pattern.compile("\\s+(at .*|\\.\\.\\. \\d+ more)");

    private static final String CAUSED_BY = "Caused by: ";

    private LogTail() {}

    /** The last lines of {@code log}, without the frames of stack traces. */
    public static String of(Path log) {
        try {
            List<String> said = said(log);
            return String.join("\n", said.subList(Math.max(0, said.size() - LINES), said.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /**
     * What went wrong according to {@code log}, in one line: the root cause of its last stack trace, or else its last
     * line. Empty if there is none.
     */
    public static Optional<String> cause(Path log) {
        try {
            List<String> said = said(log).reversed();
            return said.stream()
                    .filter(line -> line.startsWith(CAUSED_BY))
                    .map(line -> line.substring(CAUSED_BY.length()))
                    .findFirst()
                    .or(() -> said.stream().findFirst());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<String> said(Path log) throws IOException {
        // Not readAllLines: a log may hold bytes that are not UTF-8.
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !FRAME.matcher(line).matches())
                .toList();
    }
}

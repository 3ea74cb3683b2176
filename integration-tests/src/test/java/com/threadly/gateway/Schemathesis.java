package com.threadly.gateway;

import com.threadly.localstack.testing.Tools;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Schemathesis, which makes up requests from an OpenAPI document, in a virtual environment under {@code target}. */
record Schemathesis(Path folder) {

    private static final Path REQUIREMENTS =
            Path.of("src/test/python/schemathesis-requirements.txt").toAbsolutePath();

    private static final Path INSTALLED = Path.of("target/schemathesis").toAbsolutePath();

    /** The time for the whole run: "bounded to a minute". */
    private static final int MAX_SECONDS = 50;

    /** How the tool ended, and what it printed. */
    record Outcome(int code, String output) {}

    /** Installs it if necessary. Skips the test if that fails, or fails it if CI=true. */
    static Schemathesis install() throws IOException, InterruptedException {
        Path folder = INSTALLED;
        Files.createDirectories(folder);
        Path done = folder.resolve("installed.txt");
        if (!Files.exists(done) || Files.mismatch(done, REQUIREMENTS) >= 0) {
            need(List.of("python3", "-m", "venv", folder.toString()));
            need(List.of(folder.resolve("bin/pip").toString(), "install", "--quiet", "-r", REQUIREMENTS.toString()));
            Files.writeString(done, Files.readString(REQUIREMENTS));
        }
        return new Schemathesis(folder);
    }

    /** Attacks what {@code document} describes, with a user's token. */
    Outcome run(URI document, String token, String checks) throws IOException, InterruptedException {
        return execute(List.of(
                folder.resolve("bin/schemathesis").toString(),
                "run",
                document.toString(),
                "--header",
                "Authorization: Bearer " + token,
                "--checks",
                checks,
                "--phases",
                "examples,coverage,fuzzing",
                "--max-examples",
                "25",
                "--max-time",
                Integer.toString(MAX_SECONDS),
                "--seed",
                "1",
                "--no-shrink",
                "--continue-on-failure",
                "--request-timeout",
                "15",
                "--suppress-health-check",
                "all",
                "--warnings",
                "off",
                "--no-color"));
    }

    private static void need(List<String> command) throws IOException, InterruptedException {
        try {
            Outcome outcome = execute(command);
            Tools.need(outcome.code() == 0, "schemathesis cannot be installed: " + outcome.output());
        } catch (IOException e) {
            Tools.need(false, String.format(Locale.ROOT, "schemathesis cannot be installed: %s", e.getMessage()));
        }
    }

    private static Outcome execute(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                // Where it keeps its cache.
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}

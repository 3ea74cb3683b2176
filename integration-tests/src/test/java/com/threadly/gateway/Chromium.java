package com.threadly.gateway;

import static com.threadly.localstack.testing.Tools.need;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.threadly.localstack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A browser on this machine, driven from Node.js by a package under {@code target}. */
record Chromium(Path program, Path modules) {

    private static final Path SOURCES = Path.of("src/test/browser").toAbsolutePath();
    private static final Path INSTALLED = Path.of("target/browser").toAbsolutePath();

    /** Skips the test if there is none, and fails it if CI=true. */
    static Chromium installed() throws IOException, InterruptedException {
        Optional<Path> program = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        need(program.isPresent(), "Chromium is not installed (Debian: apt-get install chromium)");
        Files.createDirectories(INSTALLED);
        for (String file : List.of("package.json", "package-lock.json", ".npmrc")) {
            Files.copy(SOURCES.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        String problem = npm();
        need(problem.isEmpty(), "playwright-core cannot be installed: " + problem);
        return new Chromium(program.orElseThrow(), INSTALLED);
    }

    /** Opens it at the live page's origin, from which the gateway accepts requests. */
    Tabs open(LocalStack stack) throws IOException {
        return Tabs.open(
                List.of("node", SOURCES.resolve("tabs.mjs").toString(), modules + "/", program.toString()), stack);
    }

    private static String npm() throws InterruptedException {
        try {
            var process = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--prefer-offline")
                    .directory(INSTALLED.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return process.waitFor() == 0 ? "" : output;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}

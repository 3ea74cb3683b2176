package com.threadly.stack.page;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** npm as found on this machine. Whatever goes wrong with it is logged and stops nothing. */
record Npm(Path program, Duration limit) {

    private static final Logger log = LoggerFactory.getLogger(Npm.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** The first npm of {@code searchPath}, written as the variable PATH is. */
    static Optional<Npm> on(@Nullable String searchPath) {
        return Stream.ofNullable(searchPath)
                .flatMap(Pattern.compile(Pattern.quote(File.pathSeparator))::splitAsStream)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "npm"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Npm(program, LIMIT));
    }

    /** Installs exactly what the lock file of {@code folder} names; no package's script runs. */
    void install(Path folder) {
        try {
            Process process = new ProcessBuilder(program.toString(), "ci", "--ignore-scripts", "--silent")
                    .directory(folder.toFile())
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            if (!process.waitFor(limit)) {
                stop(process);
                warn(folder, "npm ci took longer than " + limit.toSeconds() + " s");
            } else if (process.exitValue() != 0) {
                warn(folder, "npm ci ended with " + process.exitValue());
            }
        } catch (IOException cannotStart) {
            warn(folder, "npm could not be started: " + cannotStart.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void warn(Path folder, String reason) {
        log.atWarn().addKeyValue("folder", folder).log("{}; run it there to see why", reason);
    }
}

package com.threadly;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.Worker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/settings.md is what the jars print. */
class SettingsPageIT {

    private static final Path ROOT = Path.of(System.getProperty("threadly.home", ".."));
    private static final Path WRITTEN = ROOT.resolve("integration-tests/target/settings.md");

    private static final String HEAD = """
            # Settings

            Every setting of every deployable, as `java -jar JAR settings` prints them: the text is the code's own, and a test
            compares this page with it. Each is an environment variable, or a line of the properties file that `--config` names.
            Durations are a number and a unit: `200ms`, `30s`, `10m`, `1h`, `7d`. The provisioner reads `KAFKA_*` and
            `SCHEMA_REGISTRY_*`.

            ## All of them
            """;

    private static final String TABLE = """

            | setting | default | meaning |
            |---|---|---|
            """;

    @Test
    void saysWhatTheCodeSays() throws Exception {
        String page = page();
        Files.writeString(WRITTEN, page);

        assertThat(Files.readString(ROOT.resolve("docs/settings.md")))
                .as("stale: cp integration-tests/target/settings.md docs/settings.md")
                .isEqualTo(page);
    }

    private static String page() throws IOException, InterruptedException {
        var rows = new EnumMap<Worker, SequencedSet<String>>(Worker.class);
        for (Worker worker : Worker.values()) {
            rows.put(worker, settings(worker));
        }
        SequencedSet<String> shared = takenFrom(rows, rows.keySet());
        SequencedSet<String> pushing = takenFrom(rows, EnumSet.complementOf(EnumSet.of(Worker.GATEWAY)));
        return HEAD
                + table(shared)
                + "\n## The three workers\n"
                + table(pushing)
                + rows.entrySet().stream()
                        .map(own -> "\n## " + own.getKey().id() + "\n" + table(own.getValue()))
                        .collect(Collectors.joining());
    }

    /** Removes what all of {@code some} share, and returns it. */
    private static SequencedSet<String> takenFrom(Map<Worker, SequencedSet<String>> rows, Set<Worker> some) {
        var common = new LinkedHashSet<>(rows.getOrDefault(some.iterator().next(), new LinkedHashSet<>()));
        some.forEach(worker -> common.retainAll(rows.getOrDefault(worker, common)));
        some.forEach(worker -> rows.getOrDefault(worker, common).removeAll(common));
        return common;
    }

    private static String table(SequencedSet<String> rows) {
        return TABLE + String.join("\n", rows) + "\n";
    }

    private static SequencedSet<String> settings(Worker worker) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jar = ROOT.resolve(worker.id())
                .resolve("target/" + worker.id() + ".jar")
                .toString();
        Process process = new ProcessBuilder(List.of(java, "-XX:TieredStopAtLevel=1", "-jar", jar, "settings"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return Arrays.stream(output.split("\n"))
                .filter(line -> line.startsWith("| `"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}

package com.threadly;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of threats names tests that there are. */
class SecurityPageTest {

    private static final Path ROOT = Path.of("..");

    /** A class, a method of it, or another method of the class before. */
    private static final Pattern NAMED =
            Pattern.compile("`(?:([A-Z]\\w+(?:Test|IT))(?:\\.(\\w+))?|([a-z]\\w+[A-Z]\\w+))`");

    @Test
    void namesNoTestThatIsMissing() throws IOException {
        Map<String, String> sources = testSources();
        List<String> cells = Files.readString(ROOT.resolve("docs/security.md"))
                .lines()
                .dropWhile(line -> !line.startsWith("| threat |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.substring(0, line.length() - 2))
                .map(line -> line.substring(line.lastIndexOf('|')))
                .toList();

        assertThat(cells)
                .hasSizeGreaterThan(30)
                .allSatisfy(cell -> assertThat(missing(cell, sources)).isEmpty());
    }

    private static List<String> missing(String cell, Map<String, String> sources) {
        var missing = new ArrayList<String>();
        String source = "";
        for (Matcher named = NAMED.matcher(cell); named.find(); ) {
            if (named.group(1) != null) {
                source = sources.getOrDefault(named.group(1), "");
            }
            String method = named.group(2) != null ? named.group(2) : named.group(3);
            if (source.isEmpty() || (method != null && !source.contains("void " + method + "("))) {
                missing.add(named.group());
            }
        }
        return missing;
    }

    private static Map<String, String> testSources() throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT,
                20,
                (path, _) -> path.toString().contains("/src/test/java/")
                        && path.getFileName().toString().endsWith(".java"))) {
            return files.collect(toMap(
                    file -> file.getFileName().toString().replace(".java", ""),
                    SecurityPageTest::text,
                    String::concat));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

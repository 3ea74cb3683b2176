package com.threadly.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file of the last results: one section per benchmark, replaced by its next run. */
public record ResultsFile(Path file) {

    private static final String HEAD = """
            # Benchmark results

            Each section below was printed by the command in it, on the machine named in it.
            [docs/benchmarks.md](../docs/benchmarks.md) says what is measured, and how the alternatives are set up.
            """;

    public void replace(String section, String text) throws IOException {
        String before = Files.exists(file) ? Files.readString(file) : HEAD;
        Files.writeString(file, withSection(before, section, text));
    }

    static String withSection(String document, String section, String text) {
        String begin = "<!-- " + section + " -->";
        String end = "<!-- end of " + section + " -->";
        String whole = begin + "\n" + text.strip() + "\n" + end;
        Pattern old = Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL);
        return old.matcher(document).find()
                ? old.matcher(document).replaceFirst(Matcher.quoteReplacement(whole))
                : document.stripTrailing() + "\n\n" + whole + "\n";
    }
}

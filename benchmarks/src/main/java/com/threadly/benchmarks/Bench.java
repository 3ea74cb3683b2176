package com.threadly.benchmarks;

import com.threadly.benchmarks.report.Machine;
import com.threadly.benchmarks.report.ResultsFile;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What every benchmark has in common: it shows progress, prints its tables and stores them. */
abstract class Bench implements Callable<Integer> {

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    private final String name;
    private final String arguments;

    @Option(names = "--results", paramLabel = "FILE", description = "File for the tables; ${DEFAULT-VALUE} by default.")
    private Path results = Path.of("benchmarks/RESULTS.md");

    /**
     * A benchmark.
     *
     * @param arguments of the command line, as a reader of the results would type them
     */
    Bench(String name, String arguments) {
        this.name = name;
        this.arguments = arguments;
    }

    /**
     * What a benchmark found.
     *
     * @param tables in Markdown, with notes
     * @param sound whether every engine kept its promises
     */
    record Outcome(String title, String tables, boolean sound) {}

    abstract Outcome measure(Path home) throws Exception;

    @Override
    public final Integer call() throws Exception {
        Path home = Path.of(System.getProperty("threadly.home", ""));
        Outcome outcome = measure(home);
        out.println();
        out.print(outcome.tables());
        new ResultsFile(home.resolve(results)).replace(name, section(outcome));
        return outcome.sound() ? 0 : 1;
    }

    private String section(Outcome outcome) {
        return """
                ## %s

                `./threadly bench %s`, %s. %s. %s.

                %s""".formatted(
                        outcome.title(),
                        arguments,
                        LocalDate.now(ZoneOffset.UTC),
                        Machine.description(),
                        Machine.versions(),
                        outcome.tables());
    }

    final void progress(String line) {
        err.println("bench: " + line);
    }
}

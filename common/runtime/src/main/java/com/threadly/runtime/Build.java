package com.threadly.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import picocli.CommandLine;

/**
 * What runs, according to the manifest of its jar; nothing is known of what runs from folders of classes.
 *
 * @param title the deployable's name, in its runnable jar
 * @param version of the project
 */
public record Build(Optional<String> title, Optional<String> version) {

    private static final String UNKNOWN = "unknown";

    public static Build current() {
        Package jar = Build.class.getPackage();
        return new Build(
                Optional.ofNullable(jar.getImplementationTitle()), Optional.ofNullable(jar.getImplementationVersion()));
    }

    /** {@code line}, which says on {@code --version} what this is, and so does each of its commands. */
    public CommandLine shownBy(CommandLine line) {
        show(line, line.getCommandName() + " " + version.orElse(UNKNOWN));
        return line;
    }

    private static void show(CommandLine line, String text) {
        line.getCommandSpec().version(text);
        line.getSubcommands().values().forEach(command -> show(command, text));
    }

    /** As a metric that is always 1: it joins others by the process that reports it. */
    void bindTo(MeterRegistry metrics) {
        Gauge.builder("threadly.build.info", () -> 1)
                .description("The version that runs")
                .tag("version", version.orElse(UNKNOWN))
                .register(metrics);
    }
}

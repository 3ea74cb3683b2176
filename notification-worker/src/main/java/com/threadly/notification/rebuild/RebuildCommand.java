package com.threadly.notification.rebuild;

import com.threadly.notification.inbox.AnotherRebuildException;
import com.threadly.notification.inbox.RemovalRefusedException;
import com.threadly.runtime.Context;
import com.threadly.runtime.retry.UnavailableException;
import com.threadly.runtime.settings.InvalidSettingsException;
import com.threadly.runtime.settings.Secrets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rebuild}: makes the inbox what the topics say. */
@Command(
        name = RebuildCommand.NAME,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes the inbox's rows what the topics say, read state included.",
            "The worker may run meanwhile; what it has not handled yet is left to it. Nothing is pushed unless --push is",
            "said. A rebuild that was killed goes on where it was when the same command is run again.",
            "Exit codes: 0 done; 1 something was down; 2 arguments or settings are wrong; 4 --fresh would remove more rows",
            "than it may; 5 another rebuild runs."
        })
public final class RebuildCommand implements Callable<Integer> {

    public static final String NAME = "rebuild";

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG = 2;
    // Not 3, with which a JVM ends whose heap is full.
    private static final int REFUSED = 4;
    private static final int ANOTHER_RUNS = 5;

    private final Supplier<Context> contexts;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only records published since, such as 2026-01-31T00:00:00Z.")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only records published before.")
    private @Nullable Instant to;

    @Option(
            names = "--topics",
            paramLabel = "TOPIC",
            split = ",",
            description = "Only these; all that make rows unless set.")
    private List<String> topics = RebuildSelection.WITH_ROWS;

    @Option(names = "--user", paramLabel = "ID", description = "Only this user's rows.")
    private @Nullable String user;

    @Option(
            names = "--fresh",
            description = {
                "Fills new tables and swaps them in at the end, in one transaction: rows that the topics do not tell of are"
                        + " removed, as far as --may-remove lets it."
            })
    private boolean fresh;

    @Option(
            names = "--may-remove",
            paramLabel = "ROWS",
            description = "With --fresh: how many rows that the topics do not tell of may be removed; 0 unless set.")
    private @Nullable Long mayRemove;

    @Option(names = "--dry-run", description = "Changes nothing, and says what would be changed.")
    private boolean dryRun;

    @Option(names = "--push", description = "Pushes the rows that were added or changed.")
    private boolean push;

    @Option(names = "--restart", description = "Begins from scratch where a killed rebuild would go on.")
    private boolean restart;

    /** The command; {@code contexts} makes what it runs in. */
    public RebuildCommand(Supplier<Context> contexts) {
        this.contexts = contexts;
    }

    @Override
    public Integer call() throws Exception {
        var request = new RebuildRequest(selection(), fresh, dryRun, push, restart, mayRemove == null ? 0 : mayRemove);
        try {
            RebuildSummary summary;
            try (Context context = contexts.get()) {
                summary = new RebuildRun(context, request, spec.commandLine().getErr()).run();
            }
            spec.commandLine().getOut().println(summary.line(dryRun));
            return DONE;
        } catch (InvalidSettingsException e) {
            e.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
            return WRONG;
        } catch (AnotherRebuildException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ANOTHER_RUNS;
        } catch (RemovalRefusedException e) {
            spec.commandLine()
                    .getErr()
                    .println(
                            ("nothing was changed: --fresh would remove %s rows that the topics do not tell of. If they are to"
                                            + " be removed, run it again with --may-remove %s, and it goes on from there")
                                    .formatted(e.rows(), e.rows()));
            return REFUSED;
        } catch (KafkaException e) {
            spec.commandLine()
                    .getErr()
                    .println("Kafka does not do it; when it does, run the same command again, and it goes on: "
                            + Secrets.masked(e.getMessage()));
            return FAILED;
        } catch (UnavailableException e) {
            spec.commandLine()
                    .getErr()
                    .println(e.getMessage() + "; run the same command again, and it goes on from there");
            return FAILED;
        }
    }

    private RebuildSelection selection() {
        for (String topic : topics) {
            if (!RebuildSelection.WITH_ROWS.contains(topic)) {
                throw wrong("--topics: %s makes no rows; there are %s"
                        .formatted(topic, String.join(", ", RebuildSelection.WITH_ROWS)));
            }
        }
        var selection = new RebuildSelection(
                topics, Optional.ofNullable(from), Optional.ofNullable(to), Optional.ofNullable(user));
        if (fresh && !selection.everything()) {
            throw wrong("--fresh takes all topics, users and times: whatever it does not read would be lost");
        }
        if (push && (fresh || dryRun)) {
            throw wrong("--push goes with neither --fresh nor --dry-run");
        }
        if (mayRemove != null && !fresh) {
            throw wrong(
                    "--may-remove goes with --fresh only: nothing else removes rows that the topics do not tell of");
        }
        if (mayRemove != null && mayRemove < 0) {
            throw wrong("--may-remove: expected a number of rows");
        }
        return selection;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

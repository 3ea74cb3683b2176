package com.threadly.notification.rebuild;

import com.threadly.notification.inbox.AnotherRebuildException;
import com.threadly.notification.inbox.OutdatedTablesException;
import com.threadly.notification.inbox.RemovalRefusedException;
import com.threadly.notification.inbox.TableExtrasException;
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

/** {@code rebuild}: makes the inbox match the topics. */
@Command(
        name = RebuildCommand.NAME,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes the inbox's rows match the topics, including read state.",
            "The worker may run meanwhile; records that it has not handled yet are left to it. Pushes nothing without",
            "--push. To continue a killed rebuild, run the same command again.",
            "Exit codes: 0 done; 1 a dependency was down; 2 arguments or settings are wrong, or the tables are not of"
                    + " this",
            "version; 4 --fresh would remove more rows than allowed, or what somebody has added to the tables; 5",
            "another rebuild is running."
        })
public final class RebuildCommand implements Callable<Integer> {

    public static final String NAME = "rebuild";

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG = 2;
    // Not 3, the exit code of a JVM whose heap is full.
    private static final int REFUSED = 4;
    private static final int ANOTHER_RUNS = 5;

    private final Supplier<Context> contexts;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only records published since this time, such as 2026-01-31T00:00:00Z.")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only records published before this time.")
    private @Nullable Instant to;

    @Option(
            names = "--topics",
            paramLabel = "TOPIC",
            split = ",",
            description = "Only these topics; by default all that produce rows.")
    private List<String> topics = RebuildSelection.WITH_ROWS;

    @Option(names = "--user", paramLabel = "ID", description = "Only this user's rows.")
    private @Nullable String user;

    @Option(
            names = "--fresh",
            description = {
                "Fills new tables and swaps them in at the end, in one transaction: rows that do not follow from the"
                        + " topics are removed, as far as --may-remove allows."
            })
    private boolean fresh;

    @Option(
            names = "--may-remove",
            paramLabel = "ROWS",
            description =
                    "With --fresh: how many rows that do not follow from the topics may be removed; 0 by default.")
    private @Nullable Long mayRemove;

    @Option(names = "--dry-run", description = "Changes nothing; prints what would change.")
    private boolean dryRun;

    @Option(names = "--push", description = "Pushes added and changed rows.")
    private boolean push;

    @Option(names = "--restart", description = "Starts from scratch instead of continuing a killed rebuild.")
    private boolean restart;

    /** The command; {@code contexts} creates its context. */
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
        } catch (OutdatedTablesException e) {
            spec.commandLine()
                    .getErr()
                    .println(e.getMessage()
                            + "; a dry run changes nothing, so let a worker or a rebuild of this version migrate them"
                            + " first");
            return WRONG;
        } catch (TableExtrasException e) {
            spec.commandLine()
                    .getErr()
                    .println("nothing was changed: " + e.getMessage()
                            + ". Remove it and add it again afterwards, or rebuild without --fresh");
            return REFUSED;
        } catch (RemovalRefusedException e) {
            spec.commandLine()
                    .getErr()
                    .println(("nothing was changed: --fresh would remove %s rows that do not follow from the topics. To"
                                    + " remove them, run the same command again with --may-remove %s; it"
                                    + " continues from there")
                            .formatted(e.rows(), e.rows()));
            return REFUSED;
        } catch (KafkaException e) {
            spec.commandLine()
                    .getErr()
                    .println("Kafka did not complete the request; run the same command again later to continue: "
                            + Secrets.masked(e.getMessage()));
            return FAILED;
        } catch (UnavailableException e) {
            spec.commandLine().getErr().println(e.getMessage() + "; run the same command again to continue");
            return FAILED;
        }
    }

    private RebuildSelection selection() {
        for (String topic : topics) {
            if (!RebuildSelection.WITH_ROWS.contains(topic)) {
                throw wrong("--topics: %s produces no rows; choose from %s"
                        .formatted(topic, String.join(", ", RebuildSelection.WITH_ROWS)));
            }
        }
        var selection = new RebuildSelection(
                topics, Optional.ofNullable(from), Optional.ofNullable(to), Optional.ofNullable(user));
        if (fresh && !selection.everything()) {
            throw wrong("--fresh needs all topics, users and times, because rows of unread records would be lost; leave"
                    + " out --topics, --user, --from and --to");
        }
        if (push && (fresh || dryRun)) {
            throw wrong("--push cannot be combined with --fresh or --dry-run");
        }
        if (mayRemove != null && !fresh) {
            throw wrong("--may-remove needs --fresh: nothing else removes rows that do not follow from the topics");
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

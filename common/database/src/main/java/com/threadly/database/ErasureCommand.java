package com.threadly.database;

import com.threadly.runtime.Context;
import com.threadly.runtime.DeployableCommand;
import com.threadly.runtime.retry.RetryPolicy;
import com.threadly.runtime.retry.UnavailableException;
import com.threadly.runtime.settings.InvalidSettingsException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code erasure}: reports what the erasure of a user has removed. */
@Command(
        name = ErasureCommand.NAME,
        mixinStandardHelpOptions = true,
        description = {
            "Reports what the erasure of a user has removed from the database, and whether anything is left.",
            "Exit codes: 0 erased, and nothing is left; 1 the database was down, or something is left; 2 arguments or"
                    + " settings are wrong, or the tables are not of this version; 4 no erasure of the user was read."
        })
public final class ErasureCommand implements Callable<Integer> {

    static final String NAME = "erasure";

    private static final int ERASED = 0;
    private static final int FAILED = 1;
    private static final int WRONG = 2;
    // Not 3, the exit code of a JVM whose heap is full.
    private static final int NOT_ERASED = 4;

    /** Some 20 s. */
    private static final int ATTEMPTS = 8;

    private final Supplier<Context> contexts;
    private final Tables tables;
    private final ErasureReport.Query query;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Parameters(paramLabel = "USER", description = "The user's id.")
    private String user = "";

    private ErasureCommand(Supplier<Context> contexts, Tables tables, ErasureReport.Query query) {
        this.contexts = contexts;
        this.tables = tables;
        this.query = query;
    }

    /** The command for {@code tables}. */
    public static DeployableCommand of(Tables tables, ErasureReport.Query query) {
        return new DeployableCommand(NAME, deployable -> new ErasureCommand(deployable::context, tables, query));
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try (Context context = contexts.get()) {
            var settings = DatabaseSettings.from(context.settings());
            context.settings().verify();
            List<String> pending = Database.pendingMigrations(settings, tables);
            if (!pending.isEmpty()) {
                err.println(
                        "the tables are not of this version, which has more migrations: " + String.join(", ", pending));
                return WRONG;
            }
            Database database = context.closing(Database.open(settings, tables, context.metrics()));
            for (int attempt = 1; database.trouble().isPresent() && attempt <= ATTEMPTS; attempt++) {
                RetryPolicy.STANDARD.pause(attempt);
            }
            return print(query.of(database, user));
        } catch (InvalidSettingsException e) {
            e.problems().forEach(err::println);
            return WRONG;
        } catch (UnavailableException e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private int print(Optional<ErasureReport> found) {
        PrintWriter out = spec.commandLine().getOut();
        if (found.isEmpty()) {
            out.println("not erased: no erasure of this user has been read");
            return NOT_ERASED;
        }
        ErasureReport report = found.get();
        out.println("erased as of %s; removed: %s; left: %s"
                .formatted(
                        report.erasedAt(),
                        report.removed().stream()
                                .map(some -> some.rows() + " " + some.what())
                                .collect(Collectors.joining(", ")),
                        report.remaining()));
        return report.remaining() == 0 ? ERASED : FAILED;
    }
}

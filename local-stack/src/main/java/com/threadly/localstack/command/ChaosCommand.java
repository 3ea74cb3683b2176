package com.threadly.localstack.command;

import com.threadly.localstack.TerminalProgress;
import com.threadly.localstack.chaos.ChaosRun;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chaos}: disturbs the whole stack under traffic, and checks the guarantees. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs the whole stack on loopback under steady traffic. Meanwhile workers and",
            "brokers are killed, frozen and restarted; connections are cut, stalled and",
            "slowed down; PostgreSQL and the registry stop; Pusher fails or answers late.",
            "Prints the schedule, then a table, and exits with 0 only if no push was lost",
            "or out of order, every repeat is one that the guarantees allow, and",
            "everything recovered by itself."
        })
public final class ChaosCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int MOST_MINUTES = 24 * 60;
    private static final int MOST_PER_SECOND = 1_000;

    private final Terminal terminal;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--minutes", paramLabel = "N", description = "How long the traffic lasts (default 5).")
    private int minutes = 5;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "The same seed and minutes give the same schedule and traffic (default: random).")
    private @Nullable Long seed;

    @Option(names = "--brokers", paramLabel = "B", description = "How many brokers: 1 (default) or 3.")
    private int brokers = 1;

    @Option(names = "--rate", paramLabel = "R", description = "Events per second (default 100).")
    private int rate = 100;

    public ChaosCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        require(minutes >= 1 && minutes <= MOST_MINUTES, "--minutes must be between 1 and " + MOST_MINUTES);
        require(rate >= 1 && rate <= MOST_PER_SECOND, "--rate must be between 1 and " + MOST_PER_SECOND);
        require(brokers == 1 || brokers == 3, "--brokers must be 1 or 3");
        var options =
                new ChaosRun.Options(Duration.ofMinutes(minutes), seed == null ? clock.millis() : seed, brokers, rate);
        try {
            return new ChaosRun(options, terminal.out(), terminal.err(), clock).run(TerminalProgress.onStandardError());
        } catch (IllegalStateException e) {
            terminal.err().println(e.getMessage());
            return FAILED;
        }
    }

    private void require(boolean holds, String what) {
        if (!holds && spec != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), what);
        }
    }
}

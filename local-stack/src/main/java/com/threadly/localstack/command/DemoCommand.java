package com.threadly.localstack.command;

import com.threadly.localstack.LocalStack;
import com.threadly.localstack.Port;
import com.threadly.localstack.RunningStack;
import com.threadly.localstack.StackOptions;
import com.threadly.localstack.TerminalProgress;
import com.threadly.localstack.demo.CheckedRun;
import com.threadly.localstack.demo.LiveRun;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: runs everything on this machine, live or as a check. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs broker, registry, database, a Pusher-protocol server, the workers and the gateway on loopback,",
            "sends sample traffic and serves a live page, until Ctrl-C.",
            "With --events, sends that many as fast as possible, checks that every push arrives once and in order,",
            "prints a table, and exits with 0 only if so."
        })
public final class DemoCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int WRONG = 2;

    private final Terminal terminal;
    private final Clock clock;

    @Option(names = "--events", paramLabel = "N", description = "Send N events, check each, and exit.")
    private @Nullable Integer events;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Sample events per second of the live demo (default 20); with 0, only what you do happens.")
    private double rate = 20;

    @Option(names = "--seed", paramLabel = "S", description = "The same seed gives the same traffic (default: random).")
    private @Nullable Long seed;

    @Option(
            names = "--brokers",
            paramLabel = "B",
            description = "How many brokers: 1 (default), or 3, with three replicas of each topic.")
    private int brokers = 1;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep all data in DIR; by default it is deleted at the end.")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "PART=PORT",
            description = "Use this port instead of a free one; PART is one of ${COMPLETION-CANDIDATES}.")
    private Map<Port, Integer> ports = Map.of();

    public DemoCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Exception {
        if (brokers != 1 && brokers != 3) {
            terminal.err().println("--brokers must be 1 or 3, not " + brokers);
            return WRONG;
        }
        long traffic = seed == null ? clock.millis() : seed;
        StackOptions options = options();
        try (LocalStack stack = LocalStack.start(options, TerminalProgress.onStandardError())) {
            var addresses = RunningStack.of(stack);
            if (events != null) {
                return new CheckedRun(stack, addresses, terminal.out(), terminal.err(), clock).run(events, traffic);
            }
            new LiveRun(stack, addresses, terminal.out(), clock).run(rate, traffic);
            return 0;
        } catch (IllegalStateException e) {
            terminal.err().println(e.getMessage());
            return FAILED;
        }
    }

    private StackOptions options() {
        StackOptions options = StackOptions.defaults().withAnnouncement().withBrokers(brokers);
        if (data != null) {
            options = options.withData(data);
        }
        for (var port : ports.entrySet()) {
            options = options.withPort(port.getKey(), port.getValue());
        }
        return options;
    }
}

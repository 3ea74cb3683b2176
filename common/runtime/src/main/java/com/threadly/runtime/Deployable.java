package com.threadly.runtime;

import com.threadly.events.TopicReader;
import com.threadly.runtime.admin.AdminServer;
import com.threadly.runtime.admin.AdminSettings;
import com.threadly.runtime.admin.HealthCommand;
import com.threadly.runtime.health.Health;
import com.threadly.runtime.settings.InvalidSettingsException;
import com.threadly.runtime.settings.Settings;
import com.threadly.runtime.settings.Settings.Wanted;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/**
 * The life of one deployable: command line, settings, admin port, service, stop.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *     Deployable.main(TopicReader.MESSAGE_FANOUT_WORKER, COMMANDS, args, Main::wire);
 * }
 * }</pre>
 *
 * <p>Exit codes: 0 after SIGTERM or SIGINT, 1 when it failed, 2 when its arguments or settings are wrong.
 */
@Command(mixinStandardHelpOptions = true, description = "Runs until SIGTERM or Ctrl-C.")
public final class Deployable implements Callable<Integer> {

    /** Builds the service from the context; calls {@link Settings#verify} once it has read its settings. */
    @FunctionalInterface
    public interface Wiring {
        Service wire(Context context) throws Exception;
    }

    /** Longer than a service takes to finish, shorter than the 30 s after which orchestrators kill the process. */
    public static final Duration STOP_LIMIT = Duration.ofSeconds(28);

    private static final Logger log = LoggerFactory.getLogger(Deployable.class);

    /** Of a process that cannot even log: written without allocating anything. */
    private static final byte[] LAST_WORDS =
            "failed without room to log why, most likely out of memory; restart it, and give it a larger heap (-Xmx)\n"
                    .getBytes(StandardCharsets.UTF_8);

    private static final FileOutputStream STANDARD_ERROR = new FileOutputStream(FileDescriptor.err);

    private final String name;
    private final Wiring wiring;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean failed = new AtomicBoolean();
    private @Nullable Service service;
    private boolean stopping;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "A properties file; environment variables override it.")
    private @Nullable Path config;

    private Deployable(String name, Wiring wiring) {
        this.name = name;
        this.wiring = wiring;
    }

    /**
     * Runs the deployable, or one of its commands, and exits the process.
     *
     * @param commands in addition to {@code health} and {@code settings}
     */
    public static void main(TopicReader reader, List<DeployableCommand> commands, String[] args, Wiring wiring) {
        var deployable = new Deployable(reader.deployable(), wiring);
        if (Arrays.stream(args).noneMatch(names(commands)::contains)) {
            // First of all: a signal at any moment of the start stops it, too.
            deployable.stopOnSignal();
            // A command logs to standard error.
            LogTarget.useStandardOutput();
        }
        int code;
        try {
            code = deployable.commandLine(commands).execute(args);
        } finally {
            deployable.ended.countDown();
        }
        System.exit(code);
    }

    private static Set<String> names(List<DeployableCommand> commands) {
        return Stream.concat(
                        Stream.of(HealthCommand.NAME, SettingsCommand.NAME),
                        commands.stream().map(DeployableCommand::name))
                .collect(Collectors.toSet());
    }

    private CommandLine commandLine(List<DeployableCommand> commands) {
        var line = new CommandLine(this)
                .setCommandName(name)
                .setExecutionExceptionHandler((failure, _, _) -> failed(failure))
                .addSubcommand(new HealthCommand(this::adminPort))
                .addSubcommand(new SettingsCommand(this::wanted));
        commands.forEach(
                command -> line.addSubcommand(command.name(), command.make().apply(this)));
        return Build.current().shownBy(line).registerConverter(Instant.class, Deployable::time);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("expected a time such as 2026-01-31T00:00:00Z, but found " + text);
        }
    }

    /** The deployable's name: its default consumer group, and part of its dead letter topics' names. */
    public String name() {
        return name;
    }

    /** The settings, read again on each call. */
    public Settings settings() {
        return Settings.load(System.getenv(), config);
    }

    /** The context of a command that does the service's work; the command closes it. */
    public Context context() {
        return context(new Health(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    private int adminPort() {
        return AdminSettings.from(settings()).port();
    }

    private Context context(Health health, PrometheusMeterRegistry metrics) {
        return context(settings(), health, metrics);
    }

    private Context context(Settings settings, Health health, PrometheusMeterRegistry metrics) {
        LogSettings.check(settings);
        return new Context(
                name, settings, AdminSettings.from(settings), Clock.systemUTC(), health, metrics, this::fail);
    }

    /** With nothing set, wiring ends once it has read its settings. */
    private List<Wanted> wanted() {
        Settings nothing = Settings.of(Map.of());
        try (Context context = context(nothing, new Health(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
            var _ = wiring.wire(context);
        } catch (InvalidSettingsException e) {
            return nothing.wanted();
        } catch (Exception e) {
            throw new IllegalStateException("%s does work before it has read its settings".formatted(name), e);
        }
        throw new IllegalStateException("%s needs no settings".formatted(name));
    }

    @Override
    public Integer call() {
        Thread.setDefaultUncaughtExceptionHandler(this::threadDied);
        var health = new Health();
        var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var context = context(health, metrics);
        try {
            Service service = wiring.wire(context);
            log.atInfo().addKeyValue("settings", context.settings().masked()).log("starting {}", name);
            if (!context.settings().ignored().isEmpty()) {
                log.atWarn()
                        .addKeyValue("names", context.settings().ignored())
                        .log("these are no settings of Kafka's clients, and are ignored");
            }
            try (var gc = new JvmGcMetrics();
                    var admin = AdminServer.start(context.admin(), health, metrics, context.routes())) {
                Stream.of(
                                gc,
                                health,
                                new JvmMemoryMetrics(),
                                new JvmThreadMetrics(),
                                new ProcessorMetrics(),
                                new FileDescriptorMetrics())
                        .forEach(binder -> binder.bindTo(metrics));
                Build.current().bindTo(metrics);
                log.atInfo().addKeyValue("admin_port", admin.port()).log("{} started", name);
                if (begins(service)) {
                    service.run();
                }
            }
            return 0;
        } catch (InvalidSettingsException e) {
            System.err.printf(
                    "%s cannot start; fix %d missing or invalid setting(s):%n",
                    name, e.problems().size());
            e.problems().forEach(problem -> System.err.println("  " + problem));
            return 2;
        } catch (Exception e) {
            return failed(e);
        } finally {
            context.close();
        }
    }

    /** False when a signal to stop came before. */
    private synchronized boolean begins(Service begun) {
        service = begun;
        return !stopping;
    }

    private void stop() {
        @Nullable Service begun;
        synchronized (this) {
            stopping = true;
            begun = service;
        }
        if (begun != null) {
            begun.stop();
        }
    }

    private int failed(Exception e) {
        log.atError().setCause(e).log("{} failed", name);
        return 1;
    }

    /** A JVM ended by a signal exits with 143 unless halted with another code: a clean stop is 0. */
    private void stopOnSignal() {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (ended.getCount() == 0) {
                                return;
                            }
                            log.atInfo().log("stopping {}", name);
                            stop();
                            Runtime.getRuntime().halt(endedInTime() && !failed.get() ? 0 : 1);
                        },
                        "stop"));
    }

    /** A bug, on any thread. The shutdown hook stops what still works; the exit code is 1. */
    private void fail(Throwable cause) {
        try {
            if (failed.compareAndSet(false, true)) {
                log.atError()
                        .setCause(cause)
                        .log("{} failed and exits; restart it, and it resumes at its committed offsets", name);
                // On another thread: the service may wait for this one.
                Thread.ofPlatform().daemon().name("failure").start(() -> System.exit(1));
            }
        } catch (Throwable e) {
            // Out of memory for a log line or a thread.
            try {
                STANDARD_ERROR.write(LAST_WORDS);
            } catch (IOException impossible) {
                // Nothing is left to be tried.
            } finally {
                Runtime.getRuntime().halt(1);
            }
        }
    }

    /** An {@link Error} is fatal. An exception may be of a library's thread that the library replaces. */
    private void threadDied(Thread thread, Throwable cause) {
        if (cause instanceof Error) {
            fail(cause);
        } else {
            log.atError()
                    .addKeyValue("thread", thread.getName())
                    .setCause(cause)
                    .log("an exception ended a thread");
        }
    }

    private boolean endedInTime() {
        try {
            if (ended.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.atInfo().log("{} stopped", name);
                return true;
            }
            log.atError().log("{} did not stop within {} s", name, STOP_LIMIT.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}

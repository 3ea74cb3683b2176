package com.threadly.benchmarks;

import static com.threadly.benchmarks.report.Numbers.twoDecimals;

import com.threadly.benchmarks.report.Numbers;
import com.threadly.benchmarks.report.Table;
import com.threadly.benchmarks.stage.JvmOptions;
import com.threadly.localstack.LocalStack;
import com.threadly.localstack.StackOptions;
import com.threadly.localstack.TerminalProgress;
import com.threadly.localstack.Worker;
import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.process.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench start}: from launching a deployable until it is ready, without and with its AOT cache. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = {
            "The caches are recorded by deploy/image/train.sh, as in the images. Broker, registry and database are",
            "already running; each deployable is launched alone."
        })
final class StartBench extends Bench {

    /** As in the images. */
    private static final List<String> OPTIONS = Stream.concat(
                    JvmOptions.OURS.stream(), Stream.of("--sun-misc-unsafe-memory-access=allow"))
            .toList();

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    @Option(names = "--rounds", description = "Launches of each kind; default ${DEFAULT-VALUE}.")
    private int rounds = 5;

    StartBench(String arguments) {
        super("start", arguments);
    }

    @Override
    Outcome measure(Path home) throws Exception {
        Path caches = Files.createTempDirectory("threadly-aot");
        var table = new Table("seconds until ready", "without a cache", "with it", "slowest with it");
        StackOptions options =
                StackOptions.defaults().withHome(home).withWorkers(Set.of()).withWorkerJvmOptions(OPTIONS);
        try (LocalStack stack = LocalStack.start(options, TerminalProgress.onStandardError())) {
            for (Worker worker : Worker.values()) {
                progress(worker.id());
                Path cache = recorded(worker, home, caches);
                // The first one creates its tables and internal topics.
                var _ = launched(worker, stack, Map.of());
                List<Double> without = launches(worker, stack, Map.of());
                List<Double> with = launches(worker, stack, Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTCache=" + cache));
                table.row(
                        worker.id(),
                        twoDecimals(Numbers.median(without)),
                        twoDecimals(Numbers.median(with)),
                        twoDecimals(with.stream().max(Comparator.naturalOrder()).orElse(0.0)));
                Files.delete(cache);
            }
        } finally {
            Files.delete(caches);
        }
        return new Outcome("From launch to ready", table.markdown(), true);
    }

    private List<Double> launches(Worker worker, LocalStack stack, Map<String, String> environment) {
        var seconds = new ArrayList<Double>();
        for (int i = 0; i < rounds; i++) {
            seconds.add(launched(worker, stack, environment));
        }
        return seconds;
    }

    private static double launched(Worker worker, LocalStack stack, Map<String, String> environment) {
        long began = System.nanoTime();
        ChildProcess process = stack.startAnother(worker, environment);
        double seconds = (System.nanoTime() - began) / 1e9;
        process.stop(STOP_LIMIT);
        return seconds;
    }

    private static Path recorded(Worker worker, Path home, Path caches) throws IOException, InterruptedException {
        Path cache = caches.resolve(worker.id() + ".aot");
        Path jar = home.resolve(worker.id()).resolve("target").resolve(worker.id() + ".jar");
        var training = new ProcessBuilder(
                "sh",
                home.resolve("deploy/image/train.sh").toString(),
                worker.id(),
                jar.toAbsolutePath().normalize().toString(),
                cache.toString());
        training.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "ADMIN_PORT",
                        Integer.toString(new FreePorts(new SecureRandom()).next())));
        Path log = caches.resolve(worker.id() + ".log");
        int exitCode = training.redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String said = Files.readString(log);
        Files.delete(log);
        if (exitCode != 0) {
            throw new IllegalStateException("no cache of %s could be recorded:%n%s".formatted(worker.id(), said));
        }
        return cache;
    }
}

package com.threadly.localstack.chaos;

import com.threadly.localstack.LocalStack;
import com.threadly.localstack.Progress;
import com.threadly.localstack.RunningStack;
import com.threadly.localstack.StackOptions;
import com.threadly.localstack.Worker;
import com.threadly.localstack.check.CheckLimits;
import com.threadly.localstack.check.CheckProgress;
import com.threadly.localstack.check.DeliveryCheck;
import com.threadly.localstack.check.Repeat;
import com.threadly.localstack.check.Report;
import com.threadly.localstack.demo.CheckedRun;
import com.threadly.localstack.traffic.Mix;
import com.threadly.localstack.traffic.Pace;
import com.threadly.localstack.traffic.World;
import com.threadly.localstack.traffic.WorldSize;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** The whole stack under steady, checked traffic, while a schedule disturbs it. */
public final class ChaosRun {

    private static final int BROKEN = 1;

    /** Long, so that a slow machine alone makes no answer come too late. */
    private static final Duration PUSHER_TIMEOUT = Duration.ofSeconds(10);

    private static final int REQUESTS_IN_FLIGHT = 8;
    private static final int EVENTS_A_REQUEST = 10;

    /** Few orders, each of which has a channel to subscribe to. */
    private static final Mix MIX = new Mix(700, 60, 40, 50, 40, 10);

    private static final Duration SILENCE = Duration.ofMinutes(2);
    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final Duration GIVE_UP = Duration.ofMinutes(10);
    private static final Duration READY_LIMIT = Duration.ofMinutes(1);

    private final Options options;
    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;
    private final Map<UUID, RecordMetadata> stored = new ConcurrentHashMap<>();

    /**
     * What is run.
     *
     * @param seed of the traffic and of the schedule
     * @param rate events per second
     */
    public record Options(Duration length, long seed, int brokers, int rate) {}

    public ChaosRun(Options options, PrintStream out, PrintStream err, Clock clock) {
        this.options = options;
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    /** Prints the schedule, carries it out and prints the result; the process's exit code. */
    public int run(Progress progress) throws InterruptedException, IOException {
        Schedule schedule = Schedule.of(options.seed(), options.length(), options.brokers());
        out.printf(
                Locale.ROOT,
                "--minutes %d --seed %d --brokers %d repeats this schedule:%n%n%s%n",
                options.length().toMinutes(),
                options.seed(),
                options.brokers(),
                schedule);
        out.flush();
        try (LocalStack stack = LocalStack.start(stackOptions(), progress)) {
            ChaosReport report = run(stack, schedule);
            out.print(report.table());
            if (!report.clean()) {
                Path logs = stack.keepLogs();
                Files.writeString(logs.resolve("chaos.log"), report.details());
                out.printf("%n  All logs: %s%n", logs);
            }
            out.flush();
            return report.clean() ? 0 : BROKEN;
        }
    }

    private StackOptions stackOptions() {
        return StackOptions.defaults()
                .withBrokers(options.brokers())
                .withProxies()
                .withSettings(Map.of(
                        "PUSHER_TIMEOUT",
                        PUSHER_TIMEOUT.toSeconds() + "s",
                        "PUSH_MAX_IN_FLIGHT",
                        Integer.toString(REQUESTS_IN_FLIGHT)));
    }

    private ChaosReport run(LocalStack stack, Schedule schedule) throws InterruptedException {
        var disturber = new Disturber(stack, PUSHER_TIMEOUT);
        disturber.startSeconds();
        var recovery = new Recovery();
        RunningStack addresses = RunningStack.of(stack, direct(stack));
        try (var committed = new CommitWatch(
                        stack.kafka(), Schedule.DOUBLE.stream().map(Worker::id).toList(), clock);
                var running = new ScheduleRun(disturber, clock, line -> err.println("\r" + line));
                var producer = addresses.producer((emission, at) -> stored.put(emission.eventId(), at))) {
            Report delivered = CheckedRun.check(stack, addresses, producer, clock)
                    .run(
                            new DeliveryCheck.Traffic(
                                    World.of(options.seed(), WorldSize.STANDARD),
                                    MIX,
                                    options.seed(),
                                    Math.toIntExact(options.length().toSeconds() * options.rate()),
                                    () -> {
                                        running.begin(schedule);
                                        return Pace.perSecond(options.rate());
                                    }),
                            new CheckLimits(SILENCE, SETTLE, options.length().plus(GIVE_UP)),
                            this::show,
                            recovery);
            running.awaitEnd();
            List<String> complaints = new ArrayList<>(running.complaints());
            complaints.addAll(notReady(disturber));
            List<Incident> incidents = running.incidents();
            var bound = new RepeatBound(incidents, committed, PUSHER_TIMEOUT, REQUESTS_IN_FLIGHT * EVENTS_A_REQUEST);
            return new ChaosReport(
                    incidents,
                    delivered,
                    bound.beyond(recovery.repeats(), this::located).stream()
                            .map(repeat -> "%s published at %s, at %s and again at %s"
                                    .formatted(repeat.push(), repeat.published(), repeat.before(), repeat.at()))
                            .toList(),
                    deadLetters(stack),
                    recovery.longest(incidents),
                    complaints);
        }
    }

    /** The traffic and its check do not suffer what the workers do. */
    private static Map<String, String> direct(LocalStack stack) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", stack.kafka(),
                "SCHEMA_REGISTRY_URL", stack.registry().toString(),
                "PUSHER_HOST", stack.pusher().host() + ":" + stack.pusher().port(),
                // It waits for brokers that are away, as long as it takes.
                "KAFKA_DELIVERY_TIMEOUT_MS", Long.toString(GIVE_UP.toMillis()),
                "KAFKA_MAX_BLOCK_MS", Long.toString(GIVE_UP.toMillis()));
    }

    private void show(CheckProgress now) {
        err.printf(Locale.ROOT, "\r%,d events, %,d pushes, %,d missing   ", now.events(), now.pushes(), now.missing());
        err.flush();
    }

    private static List<String> notReady(Disturber disturber) {
        return disturber
                .workers()
                .flatMap(process -> {
                    try {
                        process.awaitReady(READY_LIMIT);
                        return Stream.empty();
                    } catch (IllegalStateException e) {
                        return Stream.of(String.valueOf(e.getMessage()));
                    }
                })
                .toList();
    }

    private RepeatBound.Repeated located(Repeat repeat) {
        RecordMetadata at = stored.get(repeat.eventId());
        Worker worker = repeat.name().equals("new-message") ? Worker.MESSAGE_FANOUT_WORKER : Worker.NOTIFICATION_WORKER;
        // A push may overtake its event's acknowledgement, but not the end of the run.
        if (at == null) {
            throw new IllegalStateException("No broker has acknowledged the event of " + repeat);
        }
        return new RepeatBound.Repeated(
                worker.id(),
                new TopicPartition(at.topic(), at.partition()),
                at.offset(),
                repeat.published(),
                repeat.before());
    }

    private static long deadLetters(LocalStack stack) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafka()))) {
            List<String> topics = admin.listTopics().names().get().stream()
                    .filter(name -> name.endsWith(".dlq"))
                    .toList();
            Map<TopicPartition, OffsetSpec> ends = admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not tell how many dead letters there are", e.getCause());
        }
    }
}

package com.threadly.benchmarks.stage;

import com.threadly.events.Topics;
import com.threadly.localstack.bootstrap.TopicCreator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** What the presence benchmark needs in addition: events that wait in their topic, and engines without state. */
public final class PresenceStage implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Stage stage;
    private final Admin admin;
    private final WaitingTopic events;
    private int runs;

    private PresenceStage(Stage stage) {
        this.stage = stage;
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stage.kafka()));
        createTopics();
        this.events = new WaitingTopic(Topics.PRESENCE_EVENTS, stage.kafka());
    }

    public static PresenceStage beside(Stage stage) {
        return new PresenceStage(stage);
    }

    /**
     * An engine's result from the middle to the end: in the first half the JVM starts and compiles.
     *
     * @param rate events per second
     * @param cpuMicros of the engine's processor time per event
     * @param peakMiB of its resident memory
     * @param published counts and statuses published per event, over the whole run
     */
    public record Pace(double rate, double cpuMicros, double peakMiB, double published) {}

    /** Writes the events of {@code plan} again, and lets {@code engine} handle all of them. */
    public Pace pace(PresenceEngine engine, PresencePlan plan) throws Exception {
        forget(engine);
        Map<TopicPartition, Long> begin = events.emptied();
        try (var writer = new PresenceWriter(stage.kafka(), stage.registry())) {
            writer.write(plan);
        }
        stage.stub().begin(Duration.ZERO, 0, 0);
        Path state = Files.createDirectories(stage.data().resolve("presence-" + ++runs));
        var progress = new GroupProgress(admin, engine.group());
        try (RunningEngine running = RunningEngine.launch(engine.program(stage, state), stage)) {
            long skipped = await(running, plan.events() / 2, progress, begin);
            RunningEngine.Reading from = running.read();
            long fromNanos = System.nanoTime();
            await(running, plan.events(), progress, begin);
            while (!progress.isDone()) {
                Thread.sleep(LOOK);
            }
            double seconds = (System.nanoTime() - fromNanos) / 1e9;
            RunningEngine.Reading to = running.read();
            long measured = plan.events() - skipped;
            return new Pace(
                    measured / seconds,
                    to.cpu().minus(from.cpu()).toNanos() / 1e3 / measured,
                    to.peakMiB(),
                    published() / plan.events());
        }
    }

    /** Records of the topics of counts and statuses, which were empty; transaction markers are included. */
    private double published() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = Stream.of(Topics.PRESENCE_COUNTS, Topics.USER_PRESENCE)
                .flatMap(topic -> IntStream.range(0, topic.partitions())
                        .mapToObj(number -> new TopicPartition(topic.name(), number)))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToDouble(ListOffsetsResultInfo::offset)
                .sum();
    }

    private long await(RunningEngine running, long wanted, GroupProgress progress, Map<TopicPartition, Long> begin)
            throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            long done = progress.done(Topics.PRESENCE_EVENTS, begin);
            if (done >= wanted) {
                return done;
            }
            running.requireAlive();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        String.format(Locale.ROOT, "%d of %d events were handled", done, wanted));
            }
            Thread.sleep(LOOK);
        }
    }

    /** Deletes everything that an earlier run of the engine left in Kafka. */
    private void forget(PresenceEngine engine) throws ExecutionException, InterruptedException {
        events.forget(engine.group());
        events.forget(engine.group() + "-push");
        Set<String> old = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(engine.group() + "-")
                        || name.equals(Topics.PRESENCE_COUNTS.name())
                        || name.equals(Topics.USER_PRESENCE.name()))
                .collect(Collectors.toSet());
        admin.deleteTopics(old).all().get();
        while (admin.listTopics().names().get().stream().anyMatch(old::contains)) {
            Thread.sleep(LOOK);
        }
        createTopics();
    }

    private void createTopics() {
        new TopicCreator(stage.kafka())
                .create(List.of(
                        new TopicCreator.Reader(Topics.PRESENCE_EVENTS, PresenceEngine.OURS.group()),
                        new TopicCreator.Reader(Topics.ERASURE_EVENTS, PresenceEngine.OURS.group()),
                        new TopicCreator.Reader(Topics.PRESENCE_COUNTS, PresenceEngine.OURS.group()),
                        new TopicCreator.Reader(Topics.USER_PRESENCE, PresenceEngine.OURS.group()),
                        new TopicCreator.Reader(Topics.USER_SETTINGS_EVENTS, PresenceEngine.OURS.group())));
    }

    @Override
    public void close() {
        events.close();
        admin.close();
    }
}

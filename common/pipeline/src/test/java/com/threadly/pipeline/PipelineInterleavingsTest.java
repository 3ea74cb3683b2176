package com.threadly.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.pipeline.dedup.DedupSettings;
import com.threadly.pipeline.dedup.EventIdSet;
import com.threadly.pipeline.dedup.PartitionDeduplicator;
import com.threadly.pipeline.dedup.PartitionHistory;
import com.threadly.pipeline.start.PartitionStart;
import com.threadly.pusher.PushEvent;
import com.threadly.pusher.PusherTransport;
import com.threadly.pusher.SendResult;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One partition, read by one owner after the other, while Pusher fails and rejects at random. The random choices follow
 * from the seed; the interleaving of threads does not.
 */
class PipelineInterleavingsTest {

    private static final int RECORDS = 120;
    private static final int CONVERSATIONS = 5;
    private static final int SLOTS = 4;
    private static final Duration LONG = Duration.ofSeconds(30);

    /** A record of the partition: the first with its event, or that event again. */
    private record Entry(int first, String conversation, boolean refused) {
        UUID id() {
            return new UUID(0, first);
        }
    }

    private static final class Simulation {
        final Random random;
        final List<Entry> entries = new ArrayList<>();
        final Set<String> channelsInFlight = new HashSet<>();
        final List<String> brokenBounds = new ArrayList<>();
        final Set<String> mayRepeat = new HashSet<>();
        final PipelineFixture fixture = new PipelineFixture();
        int requests;
        boolean calm;
        int committed;

        Simulation(long seed) {
            random = new Random(seed);
            for (int offset = 0; offset < RECORDS; offset++) {
                Entry before = entries.isEmpty() ? null : entries.get(random.nextInt(entries.size()));
                entries.add(
                        before != null && !before.refused() && random.nextInt(5) == 0
                                ? before
                                : new Entry(offset, "c" + random.nextInt(CONVERSATIONS), random.nextInt(20) == 0));
            }
            fixture.pusher = this::answer;
        }

        void run() throws InterruptedException {
            for (int owner = 0; owner < 4; owner++) {
                own(random.nextInt(RECORDS / 2), random.nextInt(3));
            }
            calm = true;
            own(RECORDS, 0);
        }

        /** Some records from the committed offset on; then the partition is revoked or lost. */
        private void own(int records, int manner) throws InterruptedException {
            var seen = new EventIdSet(new DedupSettings(Duration.ofDays(1), RECORDS), Clock.systemUTC());
            entries.subList(0, committed).forEach(entry -> seen.add(entry.id(), 0));
            AssignedPartition assigned = fixture.assigned(
                    PipelineFixture::pushUserIds,
                    PartitionDeduplicator.of(
                            CompletableFuture.completedFuture(new PartitionHistory(seen, PartitionStart.COMMITTED))));
            int end = Math.min(RECORDS, committed + records);
            for (int from = committed; from < end; ) {
                int to = Math.min(end, from + 1 + random.nextInt(20));
                assigned.accept(recordsOf(from, to));
                from = to;
                if (random.nextBoolean()) {
                    commit(assigned);
                }
            }
            switch (manner) {
                case 0 -> {
                    // A timely rebalance: handled records complete, the rest goes to the next owner.
                    if (calm) {
                        while (assigned.held() > 0) {
                            Thread.onSpinWait();
                        }
                    }
                    assigned.drain();
                    assertThat(assigned.awaitIdle(LONG)).isTrue();
                    commit(assigned);
                }
                case 1 -> {
                    // A rebalance that cannot wait.
                    assigned.drain();
                    commit(assigned);
                }
                default -> {
                    // Lost, as in a crash: nothing more is committed.
                }
            }
            if (manner != 0) {
                entries.subList(committed, end).forEach(entry -> mayRepeat.add(Integer.toString(entry.first())));
            }
            assigned.abandon();
        }

        private void commit(AssignedPartition assigned) {
            PipelineFixture.committed(assigned).ifPresent(next -> committed = Math.max(committed, (int) next));
        }

        private List<ConsumerRecord<byte[], byte[]>> recordsOf(int from, int to) {
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            for (int offset = from; offset < to; offset++) {
                Entry entry = entries.get(offset);
                records.add(fixture.typing(offset, entry.id(), entry.conversation(), Integer.toString(entry.first())));
            }
            return records;
        }

        private SendResult answer(List<PushEvent> batch) {
            boolean fails;
            long nanos;
            synchronized (this) {
                fails = !calm && random.nextInt(8) == 0;
                nanos = random.nextInt(300_000);
                requests++;
                Set<String> channels =
                        new HashSet<>(batch.stream().map(PushEvent::channel).toList());
                if (requests > SLOTS
                        || batch.size() > PusherTransport.MAX_BATCH_EVENTS
                        || channels.stream().anyMatch(channelsInFlight::contains)) {
                    brokenBounds.add(
                            String.format(Locale.ROOT, "%d requests, %s beside %s", requests, batch, channelsInFlight));
                }
                channelsInFlight.addAll(channels);
            }
            LockSupport.parkNanos(nanos);
            synchronized (this) {
                requests--;
                batch.forEach(event -> channelsInFlight.remove(event.channel()));
            }
            if (batch.stream()
                    .anyMatch(
                            event -> entries.get(Integer.parseInt(event.data())).refused())) {
                return new SendResult.Rejected(413, "too large");
            }
            return fails ? new SendResult.RetryAfter(Duration.ZERO, "HTTP 500") : new SendResult.Delivered();
        }
    }

    @Property(tries = 25)
    void losesNothingRepeatsNothingAndKeepsTheOrderOfEachChannel(@ForAll long seed) throws InterruptedException {
        var simulation = new Simulation(seed);
        try (simulation.fixture) {
            simulation.run();

            assertThat(simulation.fixture.failures).isEmpty();
            assertThat(simulation.brokenBounds).isEmpty();
            assertThat(simulation.committed).isEqualTo(RECORDS);
            List<PushEvent> pushed = List.copyOf(simulation.fixture.pushed);
            for (int i = 0; i < CONVERSATIONS; i++) {
                String conversation = "c" + i;
                List<String> expected = simulation.entries.stream()
                        .filter(entry -> entry.conversation().equals(conversation) && !entry.refused())
                        .map(entry -> Integer.toString(entry.first()))
                        .distinct()
                        .toList();
                List<String> seen = pushed.stream()
                        .filter(event -> event.channel().equals(conversation))
                        .map(PushEvent::data)
                        .toList();
                assertThat(List.copyOf(new LinkedHashSet<>(seen))).isEqualTo(expected);
                var once = new HashSet<String>();
                assertThat(seen.stream().filter(event -> !once.add(event))).allMatch(simulation.mayRepeat::contains);
            }
            assertThat(simulation.fixture.deadLetters.history()).hasSizeGreaterThanOrEqualTo((int)
                    simulation.entries.stream().filter(Entry::refused).count());
        }
    }
}

package com.threadly.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChannelQueuesTest {

    private static final int MAX_BATCH = 10;
    private static final int STEPS = 400;
    private static final long MILLISECOND = 1_000_000;

    private static final PushCallback NOBODY = new NobodyWaits();
    private static final PushCallback GONE = new PushCallback() {
        @Override
        public boolean abandoned() {
            return true;
        }

        @Override
        public boolean isGone() {
            return true;
        }

        @Override
        public void completed(PushResult result) {}
    };

    /** Slots, failures and backoffs in any interleaving, one step at a time. */
    private static final class Simulation {
        final Random random;
        final int slots;
        final ChannelQueues queues;
        final List<Batch> inFlight = new ArrayList<>();
        final List<List<ChannelQueue>> backingOff = new ArrayList<>();
        final Map<String, List<Integer>> added = new HashMap<>();
        final Map<String, List<Integer>> delivered = new HashMap<>();
        final Set<String> superseded = new HashSet<>();
        long now;
        int number;

        Simulation(long seed, int slots, @Nullable ChannelRateLimiter rate) {
            this.random = new Random(seed);
            this.slots = slots;
            this.queues = new ChannelQueues(slots, MAX_BATCH, Integer.MAX_VALUE, rate);
        }

        void run() throws InterruptedException {
            for (int step = 0; step < STEPS; step++) {
                now += random.nextLong(MILLISECOND);
                switch (random.nextInt(11)) {
                    case 0, 1, 2, 3 -> add();
                    case 4, 5 -> start();
                    case 6, 7 -> end(random.nextInt(3));
                    case 8, 9 -> wake();
                    default -> beginOrEndOutage();
                }
            }
            while (!queues.isEmpty()) {
                now += 1_000 * MILLISECOND;
                wake();
                start();
                end(0);
            }
        }

        private void beginOrEndOutage() {
            if (random.nextBoolean()) {
                queues.outageBegan();
            } else {
                queues.outageEnded();
            }
        }

        private void add() throws InterruptedException {
            for (int i = random.nextInt(15); i >= 0; i--) {
                String channel = "c" + random.nextInt(6);
                PushEvent event = new PushEvent(channel, "e", Integer.toString(number++));
                queues.add(
                        random.nextInt(4) == 0 ? event.superseding("k" + random.nextInt(2)) : event,
                        random.nextInt(6) == 0 ? GONE : NOBODY);
                added.computeIfAbsent(channel, _ -> new ArrayList<>()).add(number - 1);
            }
        }

        private void start() {
            if (!queues.claimSlot()) {
                return;
            }
            Batch batch = queues.take(now);
            batch.superseded().forEach(old -> superseded.add(old.event().data()));
            batch.throttled().forEach(throttled -> backingOff.add(List.of(throttled.channel())));
            if (!batch.isEmpty()) {
                inFlight.add(batch);
            }
            assertThat(inFlight).hasSizeLessThanOrEqualTo(slots);
            assertThat(queues.busySlots()).isEqualTo(inFlight.size());
            assertThat(batch.events()).hasSizeLessThanOrEqualTo(MAX_BATCH);
            assertThat(inFlight.stream().flatMap(other -> other.channels().stream()))
                    .doesNotHaveDuplicates();
        }

        /** Delivers the first part of a batch; {@code failing} of three means that the rest fails. */
        private void end(int failing) {
            if (inFlight.isEmpty()) {
                return;
            }
            Batch batch = inFlight.remove(random.nextInt(inFlight.size()));
            List<QueuedPush> events = batch.events();
            int sent = failing == 0 || events.isEmpty() ? events.size() : random.nextInt(events.size());
            events.subList(0, sent)
                    .forEach(pending -> delivered
                            .computeIfAbsent(pending.event().channel(), _ -> new ArrayList<>())
                            .add(Integer.valueOf(pending.event().data())));
            if (sent == events.size()) {
                queues.done(batch, true, 0);
            } else {
                if (random.nextBoolean()) {
                    queues.tooMany(batch);
                }
                backingOff.add(queues.putBack(
                        batch, List.copyOf(events.subList(sent, events.size())), List.of(), random.nextBoolean()));
            }
            // The slot continues, and finds nothing or the next batch.
            Batch next = queues.take(now);
            next.superseded().forEach(old -> superseded.add(old.event().data()));
            next.throttled().forEach(throttled -> backingOff.add(List.of(throttled.channel())));
            if (!next.isEmpty()) {
                inFlight.add(next);
            }
        }

        private void wake() {
            if (!backingOff.isEmpty()) {
                queues.wake(backingOff.remove(random.nextInt(backingOff.size())));
            }
        }
    }

    @Property(tries = 500)
    void losesNothingRepeatsNothingAndKeepsTheOrderOfEachChannel(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int slots) throws InterruptedException {
        var simulation = new Simulation(seed, slots, null);

        simulation.run();

        assertAllInOrder(simulation);
    }

    @Property(tries = 200)
    void aRateSlowsAndLosesNothing(@ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int rate)
            throws InterruptedException {
        var simulation = new Simulation(seed, 3, new ChannelRateLimiter(rate));

        simulation.run();

        assertAllInOrder(simulation);
    }

    private static void assertAllInOrder(Simulation simulation) {
        simulation.added.forEach((channel, numbers) -> assertThat(simulation.delivered.getOrDefault(channel, List.of()))
                .isEqualTo(numbers.stream()
                        .filter(number -> !simulation.superseded.contains(Integer.toString(number)))
                        .toList()));
        assertThat(simulation.queues.waiting()).isZero();
        assertThat(simulation.queues.busySlots()).isZero();
    }

    @Test
    void waitsForRoomWhenLargePayloadsWait() throws InterruptedException {
        var queues = new ChannelQueues(1, MAX_BATCH, Integer.MAX_VALUE, null);
        var large = new PushEvent("c1", "event", "x".repeat(10_000));
        for (long waiting = 0; waiting < ChannelQueues.MAX_WAITING_CHARACTERS; waiting += 10_000) {
            queues.add(large, NOBODY);
        }
        int full = queues.waiting();
        var added = new CountDownLatch(1);
        Thread adding = Thread.ofVirtual().start(() -> {
            try {
                queues.add(large, NOBODY);
                added.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> adding.getState() == Thread.State.WAITING);
        assertThat(queues.waiting()).isEqualTo(full);

        assertThat(queues.claimSlot()).isTrue();
        assertThat(queues.take(0).events()).hasSize(MAX_BATCH);
        added.await();
        assertThat(queues.waiting()).isEqualTo(full - MAX_BATCH + 1);
    }

    @Test
    void theLatestWithAKeyTakesThePlaceOfOneThatStillWaits() throws InterruptedException {
        var queues = new ChannelQueues(1, MAX_BATCH, 100, null);
        queues.add(new PushEvent("c", "typing", "old").superseding("ana"), NOBODY);
        queues.add(new PushEvent("c", "message", "m"), NOBODY);
        queues.add(new PushEvent("c", "typing", "ben").superseding("ben"), NOBODY);
        queues.add(new PushEvent("c", "typing", "new").superseding("ana"), NOBODY);
        assertThat(queues.claimSlot()).isTrue();

        Batch batch = queues.take(0);

        assertThat(data(batch.events())).containsExactly("m", "ben", "new");
        assertThat(data(batch.superseded())).containsExactly("old");
    }

    @Test
    void whatIsLeftOfAnEarlierAssignmentMayComeFirst() throws InterruptedException {
        var queues = new ChannelQueues(1, MAX_BATCH, 100, null);
        queues.add(new PushEvent("c", "count", "left").superseding("k"), GONE);
        queues.add(new PushEvent("c", "count", "next").superseding("k"), GONE);
        assertThat(queues.claimSlot()).isTrue();

        Batch both = queues.take(0);
        assertThat(data(both.events())).containsExactly("left", "next");
        queues.wake(queues.putBack(both, both.events(), List.of(), false));

        assertThat(data(queues.take(0).events())).containsExactly("left", "next");
    }

    /** Otherwise neither would be pushed: the later one has expired when its turn comes. */
    @Test
    void whatLastsLongerIsNotReplacedByWhatExpiresBefore() throws InterruptedException {
        Instant now = Instant.EPOCH;
        var queues = new ChannelQueues(1, MAX_BATCH, 100, null);
        queues.add(new PushEvent("c", "count", "5").until(now.plusSeconds(9)).superseding("k"), NOBODY);
        queues.add(new PushEvent("c", "count", "4").until(now.plusSeconds(1)).superseding("k"), NOBODY);
        assertThat(queues.claimSlot()).isTrue();
        Batch both = queues.take(0);
        assertThat(data(both.events())).containsExactly("5", "4");

        queues.add(new PushEvent("c", "count", "6").until(now.plusSeconds(5)).superseding("k"), NOBODY);
        queues.wake(queues.putBack(both, both.events(), List.of(), false));
        Batch again = queues.take(0);

        assertThat(data(again.superseded())).containsExactly("4");
        assertThat(data(again.events())).containsExactly("5", "6");
    }

    @Test
    void aChannelWhoseBatchFailedGoesAloneUntilItHasBeenSent() throws InterruptedException {
        var queues = new ChannelQueues(2, MAX_BATCH, 100, null);
        queues.add(new PushEvent("a", "e", "a"), NOBODY);
        queues.add(new PushEvent("b", "e", "b"), NOBODY);
        assertThat(queues.claimSlot()).isTrue();
        Batch both = queues.take(0);
        queues.wake(queues.putBack(both, both.events(), List.of(), true));

        Batch first = queues.take(0);
        assertThat(data(first.events())).containsExactly("a");
        queues.done(first, true, 0);
        Batch second = queues.take(0);
        assertThat(data(second.events())).containsExactly("b");
        queues.done(second, true, 0);

        queues.add(new PushEvent("a", "e", "a"), NOBODY);
        queues.add(new PushEvent("b", "e", "b"), NOBODY);
        assertThat(data(queues.take(0).events())).containsExactly("a", "b");
    }

    @Test
    void aChannelWhoseBatchFailedForAllIsNotToBlame() throws InterruptedException {
        var queues = new ChannelQueues(2, MAX_BATCH, 100, null);
        queues.add(new PushEvent("a", "e", "a"), NOBODY);
        queues.add(new PushEvent("b", "e", "b"), NOBODY);
        assertThat(queues.claimSlot()).isTrue();
        Batch both = queues.take(0);

        queues.wake(queues.putBack(both, both.events(), List.of(), false));

        assertThat(data(queues.take(0).events())).containsExactly("a", "b");
    }

    @Test
    void whatIsTooManyHalvesTheSlotsOnceARound() throws InterruptedException {
        var queues = new ChannelQueues(8, 1, 100, null);
        List<Batch> batches = takeAll(queues, 8);

        for (Batch batch : batches) {
            assertThat(queues.tooMany(batch)).isPositive();
            queues.wake(queues.putBack(batch, batch.events(), List.of(), false));
        }

        assertThat(queues.slots()).isEqualTo(4);
        assertThat(queues.hasTooManySlots()).isTrue();
        for (int given = 0; given < 4; given++) {
            assertThat(queues.take(0).isEmpty()).isTrue();
        }
        assertThat(queues.take(0).isEmpty()).isFalse();
        assertThat(queues.busySlots()).isEqualTo(4);
        assertThat(queues.claimSlot()).isFalse();
    }

    @Test
    void afterAnOutageEachRequestThatIsTakenAllowsOneMore() throws InterruptedException {
        var queues = new ChannelQueues(8, 1, 100, null);
        List<Batch> batches = takeAll(queues, 8);
        queues.outageBegan();
        for (Batch batch : batches) {
            queues.wake(queues.putBack(batch, batch.events(), List.of(), false));
        }
        for (int given = 0; given < 7; given++) {
            assertThat(queues.take(0).isEmpty()).isTrue();
        }
        Batch probe = queues.take(0);
        assertThat(queues.claimSlot()).isFalse();

        queues.outageEnded();
        queues.done(probe, true, 0);

        assertThat(queues.take(0).isEmpty()).isFalse();
        assertThat(queues.claimSlot()).isTrue();
        assertThat(queues.claimSlot()).isFalse();
    }

    @Test
    void probesAreOfOneChannelAndOfEachInTurn() throws InterruptedException {
        var queues = new ChannelQueues(1, MAX_BATCH, 100, null);
        queues.outageBegan();
        for (String channel : List.of("a", "b", "c")) {
            queues.add(new PushEvent(channel, "e", channel), NOBODY);
        }
        assertThat(queues.claimSlot()).isTrue();

        var probed = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            Batch probe = queues.take(0);
            probed.addAll(data(probe.events()));
            queues.wake(queues.putBack(probe, probe.events(), List.of(), false));
        }

        assertThat(probed).containsExactly("a", "b", "c", "a", "b", "c");
    }

    /** Of as many channels as slots. */
    private static List<Batch> takeAll(ChannelQueues queues, int slots) throws InterruptedException {
        var batches = new ArrayList<Batch>();
        for (int i = 0; i < slots; i++) {
            queues.add(new PushEvent("c" + i, "e", "x"), NOBODY);
            assertThat(queues.claimSlot()).isTrue();
            batches.add(queues.take(0));
        }
        return batches;
    }

    @Test
    void whoHasWaitedLongestGoesFirstHoweverMuchWaitsOfOthers() throws InterruptedException {
        var queues = new ChannelQueues(1, MAX_BATCH, 100, null);
        for (int i = 0; i < 3 * MAX_BATCH; i++) {
            queues.add(new PushEvent("hot", "e", "hot"), NOBODY);
        }
        assertThat(queues.claimSlot()).isTrue();
        Batch first = queues.take(0);
        for (int i = 0; i < 3 * MAX_BATCH; i++) {
            queues.add(new PushEvent("c" + i, "e", "other"), NOBODY);
        }
        Batch meanwhile = queues.take(0);
        assertThat(data(meanwhile.events())).containsOnly("other").hasSize(MAX_BATCH);
        queues.done(meanwhile, true, 0);

        queues.done(first, true, 0);

        assertThat(data(queues.take(0).events())).containsOnly("hot").hasSize(MAX_BATCH);
    }

    @Test
    void whatGoesAloneNeitherStarvesNorTakesTheSlotsOfOthers() throws InterruptedException {
        var queues = new ChannelQueues(1, 1, 1_000, null);
        queues.add(new PushEvent("broken", "e", "broken"), NOBODY);
        assertThat(queues.claimSlot()).isTrue();
        Batch failed = queues.take(0);
        for (int i = 0; i < 100; i++) {
            queues.add(new PushEvent("c" + i, "e", "fine"), NOBODY);
        }
        queues.wake(queues.putBack(failed, failed.events(), List.of(), true));

        var broken = new ArrayList<Integer>();
        for (int i = 0; i < 80; i++) {
            Batch batch = queues.take(0);
            if (data(batch.events()).contains("broken")) {
                broken.add(i);
                queues.wake(queues.putBack(batch, batch.events(), List.of(), true));
            } else {
                queues.done(batch, true, 0);
            }
        }

        assertThat(broken).hasSize(10);
    }

    private static List<String> data(List<QueuedPush> events) {
        return events.stream().map(pending -> pending.event().data()).toList();
    }
}

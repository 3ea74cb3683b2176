package com.threadly.pusher;

import static com.threadly.pusher.RejectionPolicy.MAX_REJECTIONS_IN_A_ROW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.pusher.PushResult.Delivered;
import com.threadly.pusher.PushResult.Expired;
import com.threadly.pusher.PushResult.Rejected;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    /** A Pusher whose responses each test scripts. */
    private static final class Scripted implements PusherTransport {
        final Function<List<PushEvent>, SendResult> answers;
        final List<PushEvent> delivered = Collections.synchronizedList(new ArrayList<>());
        final List<Integer> batchSizes = Collections.synchronizedList(new ArrayList<>());
        final Map<String, Boolean> inFlight = new ConcurrentHashMap<>();
        final AtomicBoolean overlapped = new AtomicBoolean();

        Scripted(Function<List<PushEvent>, SendResult> answers) {
            this.answers = answers;
        }

        @Override
        public SendResult send(List<PushEvent> batch) {
            var channels = new HashSet<String>();
            batch.forEach(event -> channels.add(event.channel()));
            channels.forEach(channel -> {
                if (inFlight.put(channel, true) != null) {
                    overlapped.set(true);
                }
            });
            try {
                SendResult outcome = answers.apply(batch);
                batchSizes.add(batch.size());
                if (outcome instanceof SendResult.Delivered) {
                    delivered.addAll(batch);
                }
                return outcome;
            } finally {
                channels.forEach(inFlight::remove);
            }
        }

        @Override
        public void close() {}
    }

    private static class Ticket implements PushCallback {
        volatile PushResult result = new PushResult.Abandoned();
        volatile int completions;
        volatile boolean abandoned;

        @Override
        public boolean abandoned() {
            return abandoned;
        }

        @Override
        public synchronized void completed(PushResult result) {
            this.result = result;
            completions++;
        }
    }

    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        publishers.forEach(Publisher::close);
    }

    @Property(tries = 200)
    void keepsTheOrderOfEachChannelAndLosesNothingThroughFailures(
            @ForAll @Size(max = 200) List<@IntRange(max = 8) Integer> channels,
            @ForAll @Size(min = 20, max = 20) List<@IntRange(max = 3) Integer> failures,
            @ForAll @IntRange(min = 1, max = 8) int slots) {
        var failing = Collections.synchronizedList(new ArrayList<>(failures));
        var inARow = new AtomicInteger();
        // Not everything for long: that would be an outage, which ends at the pace of probes.
        var pusher = new Scripted(batch -> {
            if (!failing.isEmpty() && failing.removeLast() == 0 && inARow.incrementAndGet() < MAX_REJECTIONS_IN_A_ROW) {
                return new SendResult.Rejected(400, "split me");
            }
            inARow.set(0);
            return new SendResult.Delivered();
        });
        var publisher = publisher(pusher, slots);
        var tickets = new ArrayList<Ticket>();
        for (int i = 0; i < channels.size(); i++) {
            tickets.add(publish(publisher, event("c" + channels.get(i), Integer.toString(i))));
        }

        promptly().until(() -> tickets.stream().allMatch(callback -> callback.completions == 1));

        assertThat(pusher.overlapped).as("a channel in two batches").isFalse();
        assertThat(pusher.batchSizes).allMatch(size -> size <= 10);
        var lastOfChannel = new HashMap<String, Integer>();
        for (PushEvent event : List.copyOf(pusher.delivered)) {
            Integer before = lastOfChannel.put(event.channel(), Integer.valueOf(event.data()));
            assertThat(before == null || before < Integer.parseInt(event.data()))
                    .isTrue();
        }
        long deliveredTickets = tickets.stream()
                .filter(callback -> callback.result instanceof Delivered)
                .count();
        assertThat(pusher.delivered).hasSize((int) deliveredTickets);
    }

    @Test
    void retriesUntilPusherAcceptsTheBatchAndReportsTheTroubleMeanwhile() {
        var down = new AtomicBoolean(true);
        var pusher = new Scripted(batch ->
                down.get() ? new SendResult.RetryAfter(Duration.ZERO, "HTTP 500") : new SendResult.Delivered());
        var publisher = publisher(pusher, 4);
        Ticket callback = publish(publisher, event("c", "1"));
        promptly().until(() -> publisher.trouble().isPresent());

        down.set(false);

        promptly().until(() -> callback.result instanceof Delivered);
        promptly().until(() -> publisher.trouble().isEmpty());
    }

    @Test
    void findsTheOneEventThatPusherRefusesAndDeliversTheRest() {
        var held = new AtomicBoolean(true);
        var pusher = new Scripted(batch -> {
            promptly().until(() -> !held.get());
            return batch.stream().anyMatch(event -> event.data().equals("3"))
                    ? new SendResult.Rejected(413, "too large")
                    : new SendResult.Delivered();
        });
        var publisher = publisher(pusher, 1);
        var tickets = new ArrayList<Ticket>();
        for (int i = 0; i < 10; i++) {
            tickets.add(publish(publisher, event("c", Integer.toString(i))));
        }
        held.set(false);

        promptly().until(() -> tickets.stream().allMatch(callback -> callback.completions == 1));

        assertThat(tickets.remove(3).result).isEqualTo(new Rejected(413, "too large"));
        assertThat(tickets).allMatch(callback -> callback.result instanceof Delivered);
        assertThat(pusher.delivered)
                .extracting(PushEvent::data)
                .containsExactly("0", "1", "2", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void fillsBatchesWithWhatGatheredWhileTheSlotWasBusy() {
        var held = new AtomicBoolean(true);
        var pusher = new Scripted(batch -> {
            promptly().until(() -> !held.get());
            return new SendResult.Delivered();
        });
        var publisher = publisher(pusher, 1);
        var tickets = new ArrayList<Ticket>();
        for (int i = 0; i < 31; i++) {
            tickets.add(publish(publisher, event("c" + i, "x")));
        }
        held.set(false);

        promptly().until(() -> tickets.stream().allMatch(callback -> callback.completions == 1));

        assertThat(pusher.batchSizes.stream().mapToInt(Integer::intValue).max()).hasValue(10);
        assertThat(pusher.batchSizes.size()).isLessThan(6);
    }

    @Test
    void dropsWhatBecameStaleAndWhatNobodyWaitsFor() {
        var pusher = new Scripted(batch -> new SendResult.Delivered());
        var publisher = publisher(pusher, 1);

        Ticket stale =
                publish(publisher, event("c", "old").until(CLOCK.instant().minusSeconds(1)));
        var abandoned = new Ticket();
        abandoned.abandoned = true;
        publish(publisher, event("c", "lost"), abandoned);

        promptly().until(() -> stale.completions == 1 && abandoned.completions == 1);
        assertThat(stale.result).isEqualTo(new Expired());
        assertThat(abandoned.result).isEqualTo(new PushResult.Abandoned());
        assertThat(pusher.delivered).isEmpty();
    }

    @Test
    void forgetsATroubleThatNothingWaitsForAnyMore() {
        var pusher = new Scripted(batch -> new SendResult.RetryAfter(Duration.ZERO, "HTTP 500"));
        var publisher = publisher(pusher, 1);
        var callback = new Ticket();
        publish(publisher, event("c", "1"), callback);
        promptly().until(() -> publisher.trouble().isPresent());

        callback.abandoned = true;

        promptly().until(() -> publisher.trouble().isEmpty());
    }

    @Test
    void aChannelThatPusherFailsOnDelaysOnlyItself() {
        var broken = new AtomicBoolean(true);
        var pusher = new Scripted(batch ->
                broken.get() && batch.stream().anyMatch(event -> event.channel().equals("broken"))
                        ? new SendResult.RetryAfter(Duration.ZERO, "HTTP 500")
                        : new SendResult.Delivered());
        var publisher = publisher(pusher, 2);
        var poor = new ArrayList<Ticket>();
        var others = new ArrayList<Ticket>();
        for (int i = 0; i < 300; i++) {
            (i % 10 == 3 ? poor : others)
                    .add(publish(publisher, event(i % 10 == 3 ? "broken" : "c" + i % 10, Integer.toString(i))));
        }

        promptly().until(() -> others.stream().allMatch(callback -> callback.result instanceof Delivered));
        assertThat(poor).allMatch(callback -> callback.completions == 0);
        broken.set(false);

        promptly().until(() -> poor.stream().allMatch(callback -> callback.result instanceof Delivered));
        assertThat(pusher.delivered.stream()
                        .filter(event -> event.channel().equals("broken"))
                        .map(event -> Integer.valueOf(event.data())))
                .isSorted()
                .hasSize(30);
    }

    @Test
    void aLostAnswerRepeatsItsBatchAndNothingElse() {
        var requests = new AtomicInteger();
        var taken = new AtomicInteger();
        var unanswered = new AtomicInteger();
        var pusher = new Scripted(batch -> {
            taken.addAndGet(batch.size());
            if (requests.incrementAndGet() % 3 != 0) {
                return new SendResult.Delivered();
            }
            unanswered.addAndGet(batch.size());
            return new SendResult.RetryAfter(Duration.ZERO, "no response: timed out");
        });
        var publisher = publisher(pusher, 4);
        var tickets = new ArrayList<Ticket>();
        for (int i = 0; i < 300; i++) {
            tickets.add(publish(publisher, event("c" + i % 20, "x")));
        }

        promptly().until(() -> tickets.stream().allMatch(callback -> callback.result instanceof Delivered));
        assertThat(unanswered.get()).isPositive();
        assertThat(taken.get()).isEqualTo(tickets.size() + unanswered.get());
    }

    @Test
    void sendsOnlyProbesDuringAnOutage() {
        var requests = new AtomicInteger();
        var down = new AtomicBoolean(true);
        var pusher = new Scripted(batch -> {
            requests.incrementAndGet();
            return down.get() ? new SendResult.RetryAfter(Duration.ZERO, "HTTP 500") : new SendResult.Delivered();
        });
        var publisher = publisher(pusher, 8);
        var tickets = new ArrayList<Ticket>();
        for (int i = 0; i < 500; i++) {
            tickets.add(publish(publisher, event("c" + i, "x")));
        }
        promptly().until(() -> publisher.trouble().isPresent());
        int before = requests.get();
        promptly().until(() -> requests.get() > before + 1);
        // All slots may have had a request in flight when the breaker opened; after that, one at a time.
        assertThat(requests.get()).isLessThanOrEqualTo(before + 8 + 3);

        down.set(false);

        promptly().until(() -> tickets.stream().allMatch(callback -> callback.result instanceof Delivered));
        assertThat(publisher.trouble()).isEmpty();
    }

    @Test
    void makesWhoPublishesWaitWhileTooMuchWaits() throws InterruptedException {
        var held = new AtomicBoolean(true);
        var pusher = new Scripted(batch -> {
            promptly().until(() -> !held.get());
            return new SendResult.Delivered();
        });
        var publisher = new Publisher(pusher, 1, 20, null, CLOCK, new SimpleMeterRegistry(), failures::add);
        publishers.add(publisher);
        var published = new AtomicInteger();
        Thread writer = Thread.startVirtualThread(() -> {
            for (int i = 0; i < 100; i++) {
                publish(publisher, event("c", Integer.toString(i)));
                published.incrementAndGet();
            }
        });
        promptly().until(() -> writer.getState() == Thread.State.WAITING);
        assertThat(published.get()).isBetween(20, 30);

        held.set(false);

        promptly().until(() -> pusher.delivered.size() == 100);
    }

    @Test
    void anAnswerThatIsNotPushersIsAnOutageAndNoneIsRejected() {
        var proxy = new AtomicBoolean(true);
        var pusher =
                new Scripted(batch -> proxy.get() ? new SendResult.Blocked(400, "<html>") : new SendResult.Delivered());
        var publisher = publisher(pusher, 8);
        var tickets = new ArrayList<Ticket>();
        for (int i = 0; i < 500; i++) {
            tickets.add(publish(publisher, event("c" + i % 50, Integer.toString(i))));
        }
        promptly().until(() -> publisher.trouble().isPresent());
        int before = pusher.batchSizes.size();
        promptly().until(() -> pusher.batchSizes.size() > before + 2);
        assertThat(tickets).allMatch(callback -> callback.completions == 0);

        proxy.set(false);

        promptly().until(() -> tickets.stream().allMatch(callback -> callback.result instanceof Delivered));
        assertThatEachChannelIsInOrder(pusher.delivered);
    }

    @Test
    void aRejectionOfEverythingIsNotTheEventsFault() {
        var wrong = new AtomicBoolean(true);
        var pusher = new Scripted(batch -> wrong.get()
                ? new SendResult.Rejected(400, "Client sent an HTTP request to an HTTPS server.")
                : new SendResult.Delivered());
        var publisher = publisher(pusher, 8);
        var tickets = new ArrayList<Ticket>();
        for (int i = 0; i < 200; i++) {
            tickets.add(publish(publisher, event("c" + i % 50, Integer.toString(i))));
        }
        promptly().until(() -> publisher.trouble().isPresent());

        wrong.set(false);

        promptly().until(() -> tickets.stream().allMatch(callback -> callback.completions == 1));
        assertThat(tickets)
                .filteredOn(callback -> callback.result instanceof Rejected)
                .hasSizeLessThanOrEqualTo(RejectionPolicy.MAX_REJECTIONS_IN_A_ROW);
        assertThatEachChannelIsInOrder(pusher.delivered);
    }

    @Test
    void anEventThatAloneIsRefusedDelaysOnlyItsChannelAndIsRejectedInTheEnd() {
        var troubles = new AtomicInteger();
        var pusher = new Scripted(
                batch -> batch.stream().anyMatch(event -> event.data().equals("bad word"))
                        ? new SendResult.Blocked(403, "<html>")
                        : new SendResult.Delivered());
        var publisher = publisher(pusher, 2);
        var tickets = new ArrayList<Ticket>();
        Ticket first = publish(publisher, event("blamed", "0"));
        Ticket refused = publish(publisher, event("blamed", "bad word"));
        Ticket behind = publish(publisher, event("blamed", "1"));

        // Others continue meanwhile.
        promptly().until(() -> {
            Ticket other = publish(publisher, event("c" + tickets.size() % 20, Integer.toString(tickets.size())));
            tickets.add(other);
            promptly().until(() -> other.result instanceof Delivered);
            publisher.trouble().ifPresent(_ -> troubles.incrementAndGet());
            return refused.completions == 1;
        });

        promptly().until(() -> behind.completions == 1);
        assertThat(first.result).isEqualTo(new Delivered());
        assertThat(refused.result).isEqualTo(new Rejected(403, "<html>"));
        assertThat(behind.result).isEqualTo(new Delivered());
        assertThatEachChannelIsInOrder(pusher.delivered);
        assertThat(troubles).hasValue(0);
    }

    @Test
    void aQuotaThatIsUsedUpMakesEverythingWait() {
        var usedUp = new AtomicBoolean(true);
        var pusher = new Scripted(
                batch -> usedUp.get() ? new SendResult.Blocked(403, "over quota") : new SendResult.Delivered());
        var publisher = publisher(pusher, 4);
        var tickets = new ArrayList<Ticket>();
        for (int i = 0; i < 100; i++) {
            tickets.add(publish(publisher, event("c" + i % 7, Integer.toString(i))));
        }
        promptly()
                .until(() -> publisher
                        .trouble()
                        .filter(cause -> cause.contains("over quota"))
                        .isPresent());
        int before = pusher.batchSizes.size();
        promptly().until(() -> pusher.batchSizes.size() > before + 2);
        assertThat(tickets).allMatch(callback -> callback.completions == 0);

        usedUp.set(false);

        promptly().until(() -> tickets.stream().allMatch(callback -> callback.result instanceof Delivered));
        assertThatEachChannelIsInOrder(pusher.delivered);
    }

    @Test
    void anInterruptThatACallbackLeavesBehindHarmsNoRequest() {
        var interrupted = new AtomicInteger();
        var down = new AtomicBoolean(true);
        var pusher = new Scripted(batch -> {
            if (Thread.currentThread().isInterrupted()) {
                interrupted.incrementAndGet();
            }
            return down.get() ? new SendResult.RetryAfter(Duration.ZERO, "HTTP 500") : new SendResult.Delivered();
        });
        var publisher = publisher(pusher, 1);
        var others = new ArrayList<Ticket>();
        for (int i = 0; i < 50; i++) {
            var gone = new Ticket() {
                @Override
                public synchronized void completed(PushResult result) {
                    super.completed(result);
                    Thread.currentThread().interrupt();
                }
            };
            gone.abandoned = true;
            publish(publisher, event("c" + i, "gone"), gone);
            others.add(publish(publisher, event("c" + i, "here")));
        }
        promptly().until(() -> publisher.trouble().isPresent());

        down.set(false);

        promptly().until(() -> others.stream().allMatch(callback -> callback.result instanceof Delivered));
        assertThat(interrupted).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class, IllegalStateException.class})
    void reportsWhatGoesWrongWhenAPushIsCompleted(Class<? extends Throwable> fault) {
        var publisher = publisher(new Scripted(batch -> new SendResult.Delivered()), 1);

        publish(publisher, event("c", "1"), new Ticket() {
            @Override
            public synchronized void completed(PushResult result) {
                throw PublisherTest.<RuntimeException>thrown(fault);
            }
        });

        promptly().until(() -> !failures.isEmpty());
        assertThat(failures)
                .singleElement()
                .satisfies(
                        failure -> assertThat(failure instanceof IllegalStateException ? failure.getCause() : failure)
                                .isInstanceOf(fault));
    }

    @Test
    void reportsWhatASlotDoesNotExpect() {
        var publisher = publisher(
                new Scripted(batch -> {
                    throw new StackOverflowError();
                }),
                1);

        publish(publisher, event("c", "1"));

        promptly().until(() -> !failures.isEmpty());
        assertThat(failures).singleElement().isInstanceOf(StackOverflowError.class);
    }

    @Test
    void sendsAgainWhatTheTransportThrowsOn() {
        var broken = new AtomicBoolean(true);
        var pusher = new Scripted(batch -> {
            if (broken.get()) {
                throw new IllegalStateException("a bug");
            }
            return new SendResult.Delivered();
        });
        var publisher = publisher(pusher, 1);
        var tickets = new ArrayList<Ticket>();
        for (int i = 0; i < 50; i++) {
            tickets.add(publish(publisher, event("c" + i % 8, Integer.toString(i))));
        }
        promptly()
                .until(() -> publisher
                        .trouble()
                        .filter(cause -> cause.contains("a bug"))
                        .isPresent());

        broken.set(false);

        promptly().until(() -> tickets.stream().allMatch(callback -> callback.result instanceof Delivered));
        assertThatEachChannelIsInOrder(pusher.delivered);
        assertThat(failures).isEmpty();
    }

    /** One that takes few requests at once, after a time in which it took none. */
    @Test
    void whatIsTooManyForPusherGoesOutInFullBatchesWithFewRefusals() {
        var hiccup = new AtomicBoolean(true);
        var inFlight = new AtomicInteger();
        var taken = new AtomicInteger();
        var refused = new AtomicInteger();
        var pusher = new Scripted(batch -> {
            try {
                if (inFlight.incrementAndGet() > 4 || hiccup.get()) {
                    refused.incrementAndGet();
                    return new SendResult.TooMany(Duration.ZERO, "HTTP 429");
                }
                taken.incrementAndGet();
                Thread.sleep(5);
                return new SendResult.Delivered();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                inFlight.decrementAndGet();
            }
        });
        var publisher = publisher(pusher, 64);
        var tickets = new ArrayList<Ticket>();
        for (int i = 0; i < 2_000; i++) {
            tickets.add(publish(publisher, event("c" + i, Integer.toString(i))));
        }
        promptly().until(() -> publisher.trouble().isPresent());
        refused.set(0);

        hiccup.set(false);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> tickets.stream().allMatch(callback -> callback.result instanceof Delivered));
        assertThat(taken).hasValueLessThan(300);
        assertThat(refused.get()).isLessThan(taken.get());
    }

    @Test
    void theBreakerShowsOnlyWhileSomethingWaits() {
        var registry = new SimpleMeterRegistry();
        var publisher = new Publisher(
                new Scripted(batch -> new SendResult.RetryAfter(Duration.ZERO, "HTTP 500")),
                1,
                100,
                null,
                CLOCK,
                registry,
                failures::add);
        publishers.add(publisher);
        var callback = new Ticket();
        publish(publisher, event("c", "1"), callback);
        promptly()
                .until(() -> registry.get("threadly.push.circuit.open").gauge().value() == 1);

        callback.abandoned = true;

        promptly()
                .until(() -> registry.get("threadly.push.circuit.open").gauge().value() == 0);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T thrown(Class<? extends Throwable> type) throws T {
        try {
            throw (T) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertThatEachChannelIsInOrder(List<PushEvent> delivered) {
        List.copyOf(delivered).stream()
                .collect(Collectors.groupingBy(PushEvent::channel))
                .values()
                .forEach(events -> assertThat(events)
                        .extracting(event -> Integer.valueOf(event.data()))
                        .isSorted());
    }

    private Publisher publisher(PusherTransport transport, int slots) {
        var publisher = new Publisher(transport, slots, 10_000, null, CLOCK, new SimpleMeterRegistry(), failures::add);
        publishers.add(publisher);
        return publisher;
    }

    private static ConditionFactory promptly() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    private static Ticket publish(Publisher publisher, PushEvent event) {
        var callback = new Ticket();
        publish(publisher, event, callback);
        return callback;
    }

    private static void publish(Publisher publisher, PushEvent event, Ticket callback) {
        try {
            publisher.publish(event, callback);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PushEvent event(String channel, String data) {
        return new PushEvent(channel, "e", data);
    }
}

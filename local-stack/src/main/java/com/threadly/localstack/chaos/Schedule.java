package com.threadly.localstack.chaos;

import com.threadly.localstack.Links.Link;
import com.threadly.localstack.Links.Server;
import com.threadly.localstack.Worker;
import com.threadly.localstack.chaos.Disturbance.Answers;
import com.threadly.localstack.chaos.Disturbance.Harm;
import com.threadly.localstack.chaos.Disturbance.LinkHarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What goes wrong and when: the same arguments give the same schedule. */
record Schedule(List<Step> steps) {

    /** Of these there are two processes, so that one can take over from the other. */
    static final List<Worker> DOUBLE = List.of(Worker.NOTIFICATION_WORKER, Worker.MESSAGE_FANOUT_WORKER);

    /** Every topic has been published to, and every worker has committed, before anything goes wrong. */
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    /** Nothing goes wrong any more, and traffic goes on: what it takes to recover is seen. */
    private static final Duration COOL_DOWN = Duration.ofSeconds(20);

    /** For a process to start again and take up its work, before it is disturbed once more. */
    private static final Duration REST = Duration.ofSeconds(20);

    private static final int LEAST_SECONDS = 2;
    private static final int MOST_SECONDS = 12;
    private static final int LEAST_GAP_SECONDS = 3;
    private static final int MOST_GAP_SECONDS = 10;

    /**
     * One disturbance.
     *
     * @param at since the traffic began
     */
    record Step(Duration at, Duration lasts, Disturbance what) {

        Duration end() {
            return at.plus(lasts);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%3d:%02d  %2d s  %s", at.toMinutes(), at.toSecondsPart(), lasts.toSeconds(), what);
        }
    }

    Schedule {
        steps = List.copyOf(steps);
    }

    /** Disturbances over {@code length}, with overlaps: each kind comes once before any comes again. */
    static Schedule of(long seed, Duration length, int brokers) {
        var random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        List<Disturbance> deck = new ArrayList<>();
        Map<String, Duration> busyUntil = new HashMap<>();
        Duration end = length.minus(COOL_DOWN);
        for (Duration at = WARM_UP;
                at.compareTo(end) < 0;
                at = at.plus(seconds(random, LEAST_GAP_SECONDS, MOST_GAP_SECONDS))) {
            if (deck.isEmpty()) {
                deck.addAll(all(brokers));
                Collections.shuffle(deck, random);
            }
            Duration lasts = seconds(random, LEAST_SECONDS, MOST_SECONDS);
            Disturbance next = firstFree(deck, busyUntil, at);
            if (next != null && at.plus(lasts).compareTo(end) <= 0) {
                deck.remove(next);
                var step = new Step(at, lasts, next);
                steps.add(step);
                busyUntil.put(next.part(), step.end().plus(REST));
            }
        }
        return new Schedule(steps);
    }

    private static @Nullable Disturbance firstFree(
            List<Disturbance> deck, Map<String, Duration> busyUntil, Duration at) {
        return deck.stream()
                .filter(each ->
                        busyUntil.getOrDefault(each.part(), Duration.ZERO).compareTo(at) <= 0)
                .findFirst()
                .orElse(null);
    }

    private static Duration seconds(Random random, int least, int most) {
        return Duration.ofSeconds(random.nextInt(least, most + 1));
    }

    /** One of each kind; those of workers for each of their processes. */
    private static List<Disturbance> all(int brokers) {
        List<Disturbance> all = new ArrayList<>();
        for (Harm harm : Harm.values()) {
            for (Worker worker : Worker.values()) {
                for (int number = 1; number <= processes(worker); number++) {
                    all.add(new Disturbance.OfWorker(worker, number, harm));
                }
            }
            for (int number = 1; number <= brokers; number++) {
                all.add(new Disturbance.OfBroker(number, harm));
            }
        }
        for (LinkHarm harm : LinkHarm.values()) {
            for (Server server : Server.values()) {
                int ends = server == Server.KAFKA ? brokers : 1;
                for (int number = 1; number <= ends; number++) {
                    all.add(new Disturbance.OfLink(new Link(server, number), harm));
                }
            }
        }
        for (Answers answers : Answers.values()) {
            all.add(new Disturbance.OfPusher(answers));
        }
        all.add(new Disturbance.OfDatabase());
        all.add(new Disturbance.OfRegistry());
        return all;
    }

    static int processes(Worker worker) {
        return DOUBLE.contains(worker) ? 2 : 1;
    }

    @Override
    public String toString() {
        return steps.stream().map(step -> step + "\n").collect(Collectors.joining());
    }
}

package com.threadly.presence;

import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceChanged;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Users who constantly join channels, act, turn away and leave; some events are late, some repeated. It remembers what
 * they did, and computes the expected result as of {@link #stop}.
 */
final class Crowd implements AutoCloseable {

    private static final int CHANNELS = 24;
    private static final int USERS = 40;
    private static final int CHANNELS_OF_A_USER = 3;
    private static final int PACE_MILLIS = 5;
    private static final int LATE_MILLIS = 3_000;
    private static final List<PresenceChange> CHANGES =
            List.of(PresenceChange.JOINED, PresenceChange.LEFT, PresenceChange.SEEN, PresenceChange.AWAY);

    private record Visit(String channel, String user) {}

    /** A heartbeat this soon after a leave is of the page that was left. */
    private static final Duration ECHO = Duration.ofSeconds(30);

    /** The latest time of each action of a user on a channel. */
    private record Done(Instant joined, Instant beat, Instant left) {

        private static final Done NOTHING = new Done(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

        private Done and(PresenceChange change, Instant at) {
            return switch (change) {
                case JOINED -> new Done(later(joined, at), beat, left.equals(at) ? at.minusMillis(1) : left);
                case SEEN, AWAY ->
                    isHere() || !at.isBefore(left.plus(ECHO)) ? new Done(joined, later(beat, at), left) : this;
                case LEFT -> new Done(joined, beat, later(left, at));
                case UNKNOWN, OCCUPIED, VACATED -> this;
            };
        }

        private boolean isHere() {
            return joined.isAfter(left) || !beat.isBefore(left.plus(ECHO));
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }
    }

    private final List<String> channels;
    private final List<String> users;
    private final List<Visit> visits;
    private final Consumer<PresenceChanged> events;
    private final Random random = new Random(42);
    private final Clock clock = Clock.systemUTC();
    /** Only its one thread touches the actions, until it has ended. */
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();

    private final ScheduledFuture<?> going;
    private final Map<Visit, Done> done = new HashMap<>();
    private int acts;

    /**
     * Users who start at once.
     *
     * @param name unique among crowds
     * @param events receives their actions
     */
    Crowd(String name, Consumer<PresenceChanged> events) {
        this.events = events;
        channels = IntStream.range(0, CHANNELS)
                .mapToObj(channel -> String.format(Locale.ROOT, "presence-product-%s-%d", name, channel))
                .toList();
        users = IntStream.range(0, USERS)
                .mapToObj(user -> String.format(Locale.ROOT, "%s-%d", name, user))
                .toList();
        visits = IntStream.range(0, USERS * CHANNELS_OF_A_USER)
                .mapToObj(visit -> new Visit(channels.get(visit % CHANNELS), users.get(visit / CHANNELS_OF_A_USER)))
                .toList();
        going = pace.scheduleAtFixedRate(this::act, 0, PACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Everyone joins once, then acts at random. */
    private void act() {
        boolean isFirst = acts < visits.size();
        Visit visit = visits.get(isFirst ? acts : random.nextInt(visits.size()));
        PresenceChange change = isFirst ? PresenceChange.JOINED : CHANGES.get(random.nextInt(CHANGES.size()));
        int late = random.nextInt(4) == 0 ? random.nextInt(LATE_MILLIS) : 0;
        acts++;
        // At the event's precision.
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS).minusMillis(late);
        done.put(visit, done.getOrDefault(visit, Done.NOTHING).and(change, at));
        var event = new PresenceChanged(UUID.randomUUID(), at, visit.channel(), visit.user(), change);
        events.accept(event);
        if (random.nextInt(5) == 0) {
            events.accept(event);
        }
    }

    List<String> channels() {
        return channels;
    }

    List<String> users() {
        return users;
    }

    /** Ends all actions. */
    void stop() throws InterruptedException {
        pace.shutdown();
        if (!pace.awaitTermination(PresenceFixture.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("somebody is still sending");
        }
        if (going.state() == Future.State.FAILED) {
            throw new IllegalStateException("nothing was sent from act " + acts + " on", going.exceptionNow());
        }
    }

    /** The members of the channel, in the order of their ids. */
    List<String> present(String channel) {
        return done.entrySet().stream()
                .filter(entry -> entry.getKey().channel().equals(channel)
                        && entry.getValue().isHere())
                .map(entry -> entry.getKey().user())
                .sorted()
                .toList();
    }

    /** The number of users who have ever been on the channel. */
    long distinct(String channel) {
        return done.keySet().stream()
                .filter(visit -> visit.channel().equals(channel))
                .count();
    }

    /** The user's best status on any channel: nobody is idle for long enough to be away. */
    String status(String user) {
        List<Done> all = done.entrySet().stream()
                .filter(entry -> entry.getKey().user().equals(user))
                .map(Map.Entry::getValue)
                .toList();
        return all.stream().anyMatch(Done::isHere) ? "ONLINE" : "OFFLINE";
    }

    @Override
    public void close() {
        pace.shutdownNow();
    }
}

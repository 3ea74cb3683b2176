package com.threadly.localstack.chaos;

import com.threadly.localstack.Links.Server;
import com.threadly.localstack.Worker;
import com.threadly.localstack.chaos.Disturbance.Answers;
import com.threadly.localstack.chaos.Disturbance.Harm;
import com.threadly.localstack.chaos.Disturbance.LinkHarm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Which repeats the guarantees allow, given what went wrong.
 *
 * <ul>
 *   <li>A killed process may repeat what it had pushed and not committed. A frozen one too; when it goes on, at most what
 *       was in flight comes once more. A broker that is away, or cannot be reached, counts as a crash of all workers.
 *   <li>A graceful stop repeats nothing, unless something else was away meanwhile.
 *   <li>A push whose answer did not reach the worker is pushed again.
 * </ul>
 */
final class RepeatBound {

    /** Between a push and its arrival, and between a process's return and its rebalances. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    /** Of the workers whose pushes are checked, each. */
    private static final long PROCESSES = 2;

    /** A push that arrived again, and the record that it came from. */
    record Repeated(String group, TopicPartition partition, long offset, Instant published, Instant before) {}

    /**
     * Repeats that one incident explains.
     *
     * @param group of which worker; null for all
     * @param published the event was published by then
     * @param from the push had arrived at or after this before it was repeated
     * @param until and at or before this
     * @param committed the offsets that the worker need not repeat
     * @param most how many repeats it explains
     */
    private record Excuse(
            @Nullable String group,
            Instant published,
            Instant from,
            Instant until,
            Map<TopicPartition, Long> committed,
            long most) {

        boolean covers(Repeated repeat) {
            return (group == null || group.equals(repeat.group()))
                    && !repeat.published().isAfter(published)
                    && !repeat.before().isBefore(from)
                    && !repeat.before().isAfter(until)
                    && repeat.offset() >= committed.getOrDefault(repeat.partition(), 0L);
        }
    }

    private final List<Incident> incidents;
    private final Committed committed;
    private final Duration pusherTimeout;
    private final int eventsInFlight;

    /**
     * @param pusherTimeout how long a worker waits for an answer
     * @param eventsInFlight how many events one process may have in flight
     */
    RepeatBound(List<Incident> incidents, Committed committed, Duration pusherTimeout, int eventsInFlight) {
        this.incidents = List.copyOf(incidents);
        this.committed = committed;
        this.pusherTimeout = pusherTimeout;
        this.eventsInFlight = eventsInFlight;
    }

    /** Those of {@code repeats} that nothing explains. */
    <R> List<R> beyond(List<R> repeats, Function<R, Repeated> located) {
        List<Excuse> excuses =
                incidents.stream().flatMap(each -> excuses(each).stream()).toList();
        long[] used = new long[excuses.size()];
        return repeats.stream()
                .filter(repeat -> !isExcused(located.apply(repeat), excuses, used))
                .toList();
    }

    private static boolean isExcused(Repeated repeat, List<Excuse> excuses, long[] used) {
        // Those without a limit first.
        for (int round = 0; round < 2; round++) {
            for (int n = 0; n < excuses.size(); n++) {
                Excuse excuse = excuses.get(n);
                boolean limited = excuse.most() < Long.MAX_VALUE;
                if (limited == (round == 1) && used[n] < excuse.most() && excuse.covers(repeat)) {
                    used[n]++;
                    return true;
                }
            }
        }
        return false;
    }

    private List<Excuse> excuses(Incident incident) {
        return switch (incident.what()) {
            case Disturbance.OfWorker(Worker worker, int _, Harm harm) -> ofWorker(incident, worker.id(), harm);
            case Disturbance.OfBroker _ -> cutOff(incident);
            case Disturbance.OfLink(var link, LinkHarm harm) -> ofLink(incident, link.server(), harm);
            case Disturbance.OfPusher(Answers answers) ->
                switch (answers) {
                    case LATE, LOST -> List.of(lostAnswers(incident));
                    case ERROR, TOO_MANY, HTML, HALF -> List.of();
                };
            case Disturbance.OfDatabase _, Disturbance.OfRegistry _ -> List.of();
        };
    }

    private List<Excuse> ofWorker(Incident incident, String group, Harm harm) {
        List<Excuse> excuses = new ArrayList<>();
        if (harm != Harm.RESTART) {
            excuses.add(crash(incident, group, incident.effective(), Long.MAX_VALUE));
        }
        if (harm == Harm.FREEZE) {
            excuses.add(crash(incident, group, incident.restored(), eventsInFlight));
        }
        incidents.stream()
                .filter(other -> isOutage(other.what()) && overlap(incident, other))
                .map(Incident::restored)
                .max(Instant::compareTo)
                .ifPresent(until -> excuses.addAll(uncommitted(group, incident.begun(), until)));
        return excuses;
    }

    private Excuse crash(Incident incident, String group, Instant until, long most) {
        return new Excuse(
                group,
                incident.effective(),
                Instant.MIN,
                until.plus(SLACK),
                committed.by(group, incident.begun()),
                most);
    }

    private List<Excuse> ofLink(Incident incident, Server server, LinkHarm harm) {
        return switch (server) {
            case KAFKA -> cutOff(incident);
            case PUSHER -> harm == LinkHarm.SLOW ? List.of() : List.of(lostAnswers(incident));
            case DATABASE, SCHEMA_REGISTRY -> List.of();
        };
    }

    /** Nothing could be committed meanwhile, and the group may have given partitions away. */
    private List<Excuse> cutOff(Incident incident) {
        return Schedule.DOUBLE.stream()
                .map(Worker::id)
                .flatMap(group -> uncommitted(group, incident.begun(), incident.restored()).stream())
                .toList();
    }

    /** What was not committed when an outage began may come again, and after its end what was in flight then. */
    private List<Excuse> uncommitted(String group, Instant from, Instant until) {
        Map<TopicPartition, Long> offsets = committed.by(group, from);
        Instant after = until.plus(SLACK);
        return List.of(
                new Excuse(group, until, Instant.MIN, until, offsets, Long.MAX_VALUE),
                new Excuse(group, after, Instant.MIN, after, offsets, PROCESSES * eventsInFlight));
    }

    private Excuse lostAnswers(Incident incident) {
        return new Excuse(
                null,
                Instant.MAX,
                incident.begun().minus(pusherTimeout),
                incident.restored().plus(SLACK),
                Map.of(),
                Long.MAX_VALUE);
    }

    /** Whether a process cannot finish its work before it stops. */
    private static boolean isOutage(Disturbance what) {
        return switch (what) {
            case Disturbance.OfBroker _, Disturbance.OfDatabase _, Disturbance.OfPusher _ -> true;
            case Disturbance.OfLink(var link, LinkHarm _) -> link.server() != Server.SCHEMA_REGISTRY;
            case Disturbance.OfWorker _, Disturbance.OfRegistry _ -> false;
        };
    }

    private static boolean overlap(Incident one, Incident other) {
        return one.begun().isBefore(other.restored().plus(SLACK))
                && other.begun().isBefore(one.restored().plus(SLACK));
    }
}

package com.threadly.localstack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.Links.Link;
import com.threadly.localstack.Links.Server;
import com.threadly.localstack.Worker;
import com.threadly.localstack.chaos.Disturbance.Answers;
import com.threadly.localstack.chaos.Disturbance.Harm;
import com.threadly.localstack.chaos.Disturbance.LinkHarm;
import com.threadly.localstack.chaos.RepeatBound.Repeated;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RepeatBoundTest {

    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");
    private static final String FANOUT = Worker.MESSAGE_FANOUT_WORKER.id();
    private static final TopicPartition PARTITION = new TopicPartition("message-events", 3);

    /** Every group had committed 100 up to the 60th second, and 200 from then on. */
    private static final Committed COMMITTED = (_, when) -> Map.of(PARTITION, when.isBefore(at(60)) ? 100L : 200L);

    @Test
    void aKilledProcessMayRepeatWhatItHadNotCommitted() {
        Incident kill = incident(ofFanout(Harm.KILL), 30, 30, 35, 40);

        assertThat(beyond(List.of(kill), repeat(FANOUT, 100, 29, 29))).isEmpty();
        assertThat(beyond(List.of(kill), repeat(FANOUT, 99, 29, 29)))
                .as("committed")
                .isNotEmpty();
        assertThat(beyond(List.of(kill), repeat(FANOUT, 150, 31, 31)))
                .as("published later")
                .isNotEmpty();
        assertThat(beyond(List.of(kill), repeat(FANOUT, 150, 29, 45)))
                .as("pushed again and again")
                .isNotEmpty();
        assertThat(beyond(List.of(kill), repeat("notification-worker", 150, 29, 29)))
                .as("another's")
                .isNotEmpty();
        assertThat(beyond(List.of(), repeat(FANOUT, 150, 29, 29)))
                .as("for no reason")
                .isNotEmpty();
    }

    @Test
    void aFrozenProcessMayThenRepeatWhatWasInFlightAndNoMore() {
        Incident freeze = incident(ofFanout(Harm.FREEZE), 30, 30, 50, 50);
        Repeated afterwards = repeat(FANOUT, 150, 29, 45);

        assertThat(beyond(List.of(freeze), Collections.nCopies(80, afterwards))).isEmpty();
        assertThat(beyond(List.of(freeze), Collections.nCopies(82, afterwards))).hasSize(2);
    }

    @Test
    void aGracefulStopRepeatsNothingUnlessSomethingIsAway() {
        Incident stop = incident(ofFanout(Harm.RESTART), 30, 31, 35, 40);
        Repeated repeat = repeat(FANOUT, 150, 29, 29);

        assertThat(beyond(List.of(stop), repeat)).isNotEmpty();
        assertThat(beyond(List.of(stop, incident(new Disturbance.OfRegistry(), 28, 28, 36, 40)), repeat))
                .isNotEmpty();
        assertThat(beyond(List.of(stop, incident(new Disturbance.OfDatabase(), 28, 28, 36, 37)), repeat))
                .isEmpty();
        assertThat(beyond(List.of(stop, incident(new Disturbance.OfDatabase(), 90, 90, 91, 92)), repeat))
                .isNotEmpty();
    }

    @Test
    void anAnswerThatIsLostRepeatsItsPush() {
        Repeated repeat = repeat(FANOUT, 5, 29, 32);

        for (Answers answers : Answers.values()) {
            boolean delivers = answers == Answers.LATE || answers == Answers.LOST;
            assertThat(beyond(List.of(incident(new Disturbance.OfPusher(answers), 30, 30, 35, 35)), repeat))
                    .as(answers.toString())
                    .hasSize(delivers ? 0 : 1);
        }
        for (LinkHarm harm : LinkHarm.values()) {
            Disturbance link = new Disturbance.OfLink(new Link(Server.PUSHER, 1), harm);
            assertThat(beyond(List.of(incident(link, 30, 30, 35, 35)), repeat))
                    .as(harm.toString())
                    .hasSize(harm == LinkHarm.SLOW ? 1 : 0);
        }
    }

    @Test
    void aBrokerThatIsAwayCountsAsACrashOfAllWorkers() {
        Incident away = incident(new Disturbance.OfBroker(1, Harm.KILL), 70, 70, 75, 80);

        assertThat(beyond(List.of(away), repeat(FANOUT, 200, 69, 72))).isEmpty();
        assertThat(beyond(List.of(away), repeat("notification-worker", 200, 69, 72)))
                .isEmpty();
        assertThat(beyond(List.of(away), repeat(FANOUT, 199, 69, 72))).isNotEmpty();
        // Once it is back, a worker pushes only what is still its own, and commits it.
        assertThat(beyond(List.of(away), Collections.nCopies(162, repeat(FANOUT, 250, 69, 82))))
                .hasSize(2);
    }

    private static Disturbance ofFanout(Harm harm) {
        return new Disturbance.OfWorker(Worker.MESSAGE_FANOUT_WORKER, 1, harm);
    }

    private static List<Repeated> beyond(List<Incident> incidents, Repeated repeat) {
        return beyond(incidents, List.of(repeat));
    }

    private static List<Repeated> beyond(List<Incident> incidents, List<Repeated> repeats) {
        return new RepeatBound(incidents, COMMITTED, Duration.ofSeconds(2), 80).beyond(repeats, Function.identity());
    }

    private static Incident incident(Disturbance what, int begun, int effective, int ended, int restored) {
        return new Incident(what, at(begun), at(effective), at(ended), at(restored));
    }

    private static Repeated repeat(String group, long offset, int published, int before) {
        return new Repeated(group, PARTITION, offset, at(published), at(before));
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}

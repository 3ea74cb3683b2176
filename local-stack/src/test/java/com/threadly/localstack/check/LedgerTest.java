package com.threadly.localstack.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.subscribe.Push;
import com.threadly.localstack.traffic.Emission;
import com.threadly.localstack.traffic.Mix;
import com.threadly.localstack.traffic.Shop;
import com.threadly.localstack.traffic.World;
import com.threadly.localstack.traffic.WorldSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final WorldSize SMALL = new WorldSize(20, 15, 5, 8, 0.8);
    private static final Duration LATENCY = Duration.ofMillis(40);

    private static final Mix MIX = new Mix(60, 20, 12, 5, 3, 3);

    @Property(tries = 100)
    void findsNothingWrongInAnyLegalOrder(@ForAll long seed) {
        List<Emission<?>> events = events(seed, 600);
        List<Push> pushes = Deliveries.of(events, LATENCY).interleaved(new SplittableRandom(seed));

        Ledger ledger = ledger(events, pushes);

        assertThat(ledger.missing()).isZero();
        assertThat(ledger.report().clean()).as(ReportTable.of(ledger.report())).isTrue();
        assertThat(ledger.report().pushes()).isEqualTo(pushes.size());
        assertThat(ledger.report().events()).isEqualTo(600);
        assertThat(ledger.report().expected()).isBetween(600L, (long) pushes.size());
    }

    @Property(tries = 50)
    void findsEveryLoss(@ForAll long seed) {
        List<Emission<?>> events = events(seed, 600);
        RandomGenerator random = new SplittableRandom(seed);
        Deliveries deliveries = Deliveries.of(events, LATENCY);
        int planted = 0;
        for (List<Push> lane : deliveries.lanes().values()) {
            // The last of a lane: an earlier count of a digest may be left out.
            if (!lane.getLast().event().equals("typing") && random.nextInt(4) == 0) {
                lane.removeLast();
                planted++;
            }
        }
        deliveries.lanes().values().removeIf(List::isEmpty);

        Ledger ledger = ledger(events, deliveries.interleaved(random));

        assertThat(ledger.missing()).isEqualTo(planted);
        assertThat(ledger.report().lost().count()).isEqualTo(planted);
        assertThat(ledger.report().lost().examples()).hasSize(Math.min(5, planted));
        assertThat(ledger.report().outOfOrder().count()
                        + ledger.report().duplicated().count())
                .isZero();
    }

    @Property(tries = 50)
    void findsEveryDuplicate(@ForAll long seed) {
        List<Emission<?>> events = events(seed, 600);
        RandomGenerator random = new SplittableRandom(seed);
        List<Push> pushes = Deliveries.of(events, LATENCY).interleaved(random);
        List<Push> again = pushes.stream()
                .filter(push -> !push.event().equals("typing") && random.nextInt(10) == 0)
                .toList();
        for (Push push : again) {
            pushes.add(pushes.indexOf(push) + 1 + random.nextInt(pushes.size() - pushes.indexOf(push)), push);
        }

        Report report = ledger(events, pushes).report();

        assertThat(report.duplicated().count()).isEqualTo(again.size());
        assertThat(report.lost().count()
                        + report.outOfOrder().count()
                        + report.unexpected().count())
                .isZero();
    }

    @Property(tries = 50)
    void findsEverySwap(@ForAll long seed) {
        List<Emission<?>> events = events(seed, 600);
        RandomGenerator random = new SplittableRandom(seed);
        Deliveries deliveries = Deliveries.of(events, LATENCY);
        int planted = 0;
        for (List<Push> lane : deliveries.lanes().values()) {
            if (lane.size() > 1 && !lane.getFirst().event().equals("typing") && random.nextInt(3) == 0) {
                Collections.swap(lane, 0, 1);
                planted++;
            }
        }

        List<Push> pushes = new ArrayList<>();
        deliveries.lanes().values().forEach(pushes::addAll);
        Report report = ledger(events, pushes).report();

        assertThat(report.outOfOrder().count()).isEqualTo(planted);
        assertThat(report.lost().count()
                        + report.duplicated().count()
                        + report.unexpected().count())
                .isZero();
    }

    @Property(tries = 30)
    void aDigestThatCountsOneMessageTooFewIsLost(@ForAll long seed) {
        List<Emission<?>> events = events(seed, 300);
        Deliveries deliveries = Deliveries.of(events, LATENCY);
        List<Push> digest = deliveries.lanes().entrySet().stream()
                .filter(lane ->
                        lane.getKey().startsWith("digest ") && lane.getValue().size() > 1)
                .findFirst()
                .orElseThrow()
                .getValue();
        digest.removeLast();

        Report report = ledger(events, deliveries.interleaved(new SplittableRandom(seed)))
                .report();

        assertThat(report.lost().count()).isEqualTo(1);
        assertThat(report.lost().examples().getFirst()).contains("messages counted");
    }

    @Test
    void anEventPublishedTwicePromisesNothingMore() {
        List<Emission<?>> events = events(1, 100);
        List<Emission<?>> twice = new ArrayList<>(events);
        twice.addAll(events);

        Report report = ledger(twice, Deliveries.of(events, LATENCY).interleaved(new SplittableRandom(1)))
                .report();

        assertThat(report.clean()).isTrue();
        assertThat(report.events()).isEqualTo(100);
    }

    @Test
    void pushesThatNoEventCallsForAreNamed() {
        Instant now = Instant.EPOCH;
        Ledger ledger = new Ledger(DeliveryListener.NONE);
        ledger.arrived(new Push("private-conversation-c", "new-message", "{\"id\":\"m1\"}", now));
        ledger.arrived(new Push("private-conversation-c", "new-message", "no json", now));
        ledger.arrived(new Push("private-order-o", "order-status", "{\"status\":\"PLACED\"}", now));
        ledger.arrived(new Push("private-user-u", "notification", "{\"type\":\"message\"}", now));
        ledger.arrived(new Push(
                "private-user-u",
                "notification",
                "{\"type\":\"message\",\"createdAt\":\"2026-03-01T10:00:00Z\",\"metadata\":{\"count\":1},\"revision\":1}",
                now));
        ledger.arrived(new Push("presence-product-p", "presence-count", "{\"count\":3}", now));

        assertThat(ledger.report().unexpected().count()).isEqualTo(5);
        assertThat(ledger.report().pushes()).isEqualTo(6);
        assertThat(ledger.report().clean()).isFalse();
    }

    @Test
    void measuresFromPublicationToArrival() {
        List<Emission<?>> events = events(4, 400);
        Report report = ledger(events, Deliveries.of(events, LATENCY).interleaved(new SplittableRandom(4)))
                .report();

        assertThat(report.p50()).isEqualTo(LATENCY);
        assertThat(report.p99()).isEqualTo(LATENCY);
        assertThat(report.took()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(900));
    }

    private static Ledger ledger(List<Emission<?>> events, List<Push> pushes) {
        Ledger ledger = new Ledger(DeliveryListener.NONE);
        events.forEach(event -> ledger.published(event, event.occurredAt()));
        pushes.forEach(ledger::arrived);
        return ledger;
    }

    /** Two seconds between events, so that digests of several windows come up. */
    private static List<Emission<?>> events(long seed, int count) {
        return Shop.events(World.of(seed, SMALL), MIX, seed, new SteppingClock(Duration.ofSeconds(2)), count);
    }
}

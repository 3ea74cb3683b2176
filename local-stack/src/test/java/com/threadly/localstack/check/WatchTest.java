package com.threadly.localstack.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.localstack.subscribe.Push;
import com.threadly.localstack.traffic.Emission;
import com.threadly.localstack.traffic.Mix;
import com.threadly.localstack.traffic.Shop;
import com.threadly.localstack.traffic.World;
import com.threadly.localstack.traffic.WorldSize;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final CheckLimits QUICK =
            new CheckLimits(Duration.ofMillis(200), Duration.ofMillis(50), Duration.ofSeconds(30));

    private final List<Emission<?>> events =
            Shop.events(World.of(1, WorldSize.STANDARD), Mix.STANDARD, 1, Clock.systemUTC(), 300);
    private final List<Push> pushes =
            Deliveries.of(events, Duration.ofMillis(5)).interleaved(new SplittableRandom(1));
    private final BlockingQueue<Observation> observations = new LinkedBlockingQueue<>();

    @Test
    void endsWhenAllIsDelivered() throws Exception {
        publish();
        pushes.forEach(push -> observations.add(new Observation.Arrived(push)));

        assertThat(report(QUICK, CompletableFuture.completedFuture(null)).clean())
                .isTrue();
    }

    @Test
    void givesUpWhenNothingMoreArrives() throws Exception {
        publish();
        pushes.stream().skip(1).forEach(push -> observations.add(new Observation.Arrived(push)));

        assertThat(report(QUICK, CompletableFuture.completedFuture(null)).lost().count())
                .isEqualTo(1);
    }

    @Test
    void isBoundedEvenWhilePublishingNeverEnds() throws Exception {
        CheckLimits short_ = new CheckLimits(Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(200));

        assertThat(report(short_, new CompletableFuture<>()).events()).isZero();
    }

    @Test
    void throwsWhatPublishingFailedWith() {
        var failed = CompletableFuture.<Void>failedFuture(new IllegalStateException("no broker"));

        assertThatThrownBy(() -> report(QUICK, failed)).hasMessageContaining("no broker");
    }

    private void publish() {
        events.forEach(event -> observations.add(new Observation.Published(event, event.occurredAt())));
    }

    private Report report(CheckLimits limits, CompletableFuture<Void> publishing) throws InterruptedException {
        return new Watch(observations, limits, Clock.systemUTC(), _ -> {}, DeliveryListener.NONE).until(publishing);
    }
}

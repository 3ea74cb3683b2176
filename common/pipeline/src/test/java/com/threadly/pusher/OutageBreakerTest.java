package com.threadly.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.pusher.SendResult.Delivered;
import com.threadly.pusher.SendResult.Rejected;
import com.threadly.pusher.SendResult.RetryAfter;
import com.threadly.pusher.SendResult.TooMany;
import com.threadly.pusher.SendResult.Unauthorized;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutageBreakerTest {

    private static final RetryAfter DOWN = new RetryAfter(Duration.ZERO, "HTTP 500");

    private final List<String> changes = new ArrayList<>();
    private final OutageBreaker breaker = new OutageBreaker(() -> changes.add("open"), () -> changes.add("closed"));

    @Test
    void opensInAnOutageAndThenLetsOneProbeThroughAtATime() {
        for (int i = 0; i < 5; i++) {
            assertThat(breaker.admits()).isTrue();
            breaker.report(DOWN);
        }
        assertThat(breaker.admits()).isFalse();

        await().until(breaker::admits);
        assertThat(breaker.admits()).as("a second probe").isFalse();
        breaker.report(DOWN);
        assertThat(breaker.admits()).isFalse();

        await().until(breaker::admits);
        breaker.report(new Delivered());
        assertThat(breaker.admits()).isTrue();
        assertThat(changes).containsExactly("open", "closed");
    }

    @Test
    void staysClosedWhileSomeCallsGetThrough() {
        for (int i = 0; i < 100; i++) {
            assertThat(breaker.admits()).isTrue();
            breaker.report(i % 4 == 0 ? i % 8 == 0 ? new Delivered() : new Rejected(400, "bad") : DOWN);
        }
        assertThat(breaker.isClosed()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("pauses")
    void staysClosedWhileOneServerOfThreeAsksForAPause(SendResult refusal) {
        for (int i = 0; i < 1_000; i++) {
            assertThat(breaker.admits()).isTrue();
            breaker.report(i % 9 < 3 ? refusal : new Delivered());
        }
        assertThat(changes).isEmpty();
    }

    static List<SendResult> pauses() {
        return List.of(
                new RetryAfter(Duration.ofMinutes(1), "HTTP 500"),
                new TooMany(Duration.ofMinutes(1), "HTTP 503"),
                new Unauthorized(401, "key"));
    }

    @ParameterizedTest
    @MethodSource("pauses")
    void pausesAsAskedForOnceProbesAreRefusedToo(SendResult refusal) {
        for (int i = 0; i < 5; i++) {
            breaker.report(refusal);
        }
        for (int probe = 0; probe < 3; probe++) {
            await().until(breaker::admits);
            breaker.report(refusal);
        }
        await().during(Duration.ofSeconds(1)).until(() -> !breaker.admits());
    }

    @Test
    void probesAtOnceWhenAnEarlierRequestGotThrough() {
        for (int i = 0; i < 5; i++) {
            breaker.report(DOWN);
        }
        assertThat(breaker.admits()).isFalse();
        breaker.report(new Delivered());
        assertThat(breaker.admits()).isTrue();
        breaker.report(new Delivered());
        assertThat(breaker.isClosed()).isTrue();
    }
}

package com.threadly.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.pusher.PushOutcome.Delivered;
import com.threadly.pusher.PushOutcome.Rejected;
import com.threadly.pusher.PushOutcome.RetryAfter;
import com.threadly.pusher.PushOutcome.Unauthorized;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final RetryAfter DOWN = new RetryAfter(Duration.ZERO, "HTTP 500");

    private final List<String> changes = new ArrayList<>();
    private final Circuit circuit = new Circuit(() -> changes.add("open"), () -> changes.add("closed"));

    @Test
    void opensInAnOutageAndThenLetsOneProbeThroughAtATime() {
        for (int i = 0; i < 5; i++) {
            assertThat(circuit.admits()).isTrue();
            circuit.report(DOWN);
        }
        assertThat(circuit.admits()).isFalse();

        await().until(circuit::admits);
        assertThat(circuit.admits()).as("a second probe").isFalse();
        circuit.report(DOWN);
        assertThat(circuit.admits()).isFalse();

        await().until(circuit::admits);
        circuit.report(new Delivered());
        assertThat(circuit.admits()).isTrue();
        assertThat(changes).containsExactly("open", "closed");
    }

    @Test
    void staysClosedWhileSomeCallsGetThrough() {
        for (int i = 0; i < 100; i++) {
            assertThat(circuit.admits()).isTrue();
            circuit.report(i % 4 == 0 ? i % 8 == 0 ? new Delivered() : new Rejected(400, "bad") : DOWN);
        }
        assertThat(circuit.isClosed()).isTrue();
    }

    @Test
    void opensAtOnceWhenPusherSaysHowLongToWaitOrRefusesTheKey() {
        circuit.report(new RetryAfter(Duration.ofMinutes(1), "HTTP 429"));
        assertThat(circuit.admits()).isFalse();
        circuit.report(new RetryAfter(Duration.ofMinutes(1), "HTTP 429"));
        assertThat(circuit.admits()).isFalse();

        var other = new Circuit(() -> {}, () -> {});
        other.report(new Unauthorized(401, "key"));
        assertThat(other.admits()).isFalse();
    }
}

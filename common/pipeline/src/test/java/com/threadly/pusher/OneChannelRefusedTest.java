package com.threadly.pusher;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever Pusher says of one channel, the others get through. */
class OneChannelRefusedTest {

    private static final String BAD = "bad";
    private static final PushCallback NOBODY = new NobodyWaits();

    static Stream<SendResult> refusals() {
        var minute = Duration.ofMinutes(1);
        return Stream.of(
                PusherResponse.outcome(500, "boom", minute),
                PusherResponse.outcome(503, "busy", minute),
                PusherResponse.outcome(404, "<html>not found</html>", Duration.ZERO),
                PusherResponse.outcome(401, "<html>log in first</html>", Duration.ZERO),
                PusherResponse.outcome(403, "forbidden", Duration.ZERO));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void delaysOnlyItself(SendResult refusal) throws Exception {
        List<String> delivered = Collections.synchronizedList(new ArrayList<>());
        List<String> refused = Collections.synchronizedList(new ArrayList<>());
        var transport = new PusherTransport() {
            @Override
            public SendResult send(List<PushEvent> batch) {
                if (batch.stream().anyMatch(event -> event.channel().equals(BAD))) {
                    refused.add(BAD);
                    return refusal;
                }
                batch.forEach(event -> delivered.add(event.data()));
                return new SendResult.Delivered();
            }

            @Override
            public void close() {}
        };
        try (var publisher =
                new Publisher(transport, 4, 10_000, null, Clock.systemUTC(), new SimpleMeterRegistry(), _ -> {})) {
            publish(publisher, "before");
            await().until(() -> delivered.size() == 20);
            publisher.publish(new PushEvent(BAD, "e", "x"), NOBODY);
            await().until(() -> !refused.isEmpty());

            publish(publisher, "after");

            // Much sooner than the minute that is asked for.
            await().atMost(Duration.ofSeconds(30)).until(() -> delivered.size() == 40);
        }
    }

    private static void publish(Publisher publisher, String data) throws InterruptedException {
        for (int channel : IntStream.range(0, 20).toArray()) {
            publisher.publish(new PushEvent("good" + channel, "e", data), NOBODY);
        }
    }
}

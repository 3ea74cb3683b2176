package com.threadly.presence.push;

import com.threadly.events.PresenceCount;
import com.threadly.events.UserPresence;
import com.threadly.events.UserStatus;
import com.threadly.payload.PushedEventSchema;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.pusher.PushEvent;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Pushed events match the client's types. */
class PresencePushSchemaTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final PresencePush push = Pushes.withoutSettings();

    @Test
    void presenceCount() throws Exception {
        PushedEventSchema.describes(
                "presence-count",
                pushed(Stream.of(new PresenceCount(
                        UUID.randomUUID(),
                        NOON,
                        "presence-product-1",
                        NOON.minusSeconds(50),
                        NOON.plusSeconds(10),
                        3L,
                        2L,
                        true))));
    }

    @Test
    void presence() throws Exception {
        PushedEventSchema.describes(
                "presence",
                pushed(Arrays.stream(UserStatus.values())
                        .filter(status -> status != UserStatus.UNKNOWN)
                        .map(status -> new UserPresence(UUID.randomUUID(), NOON, "ana", status, NOON))));
    }

    /** The first event of each. */
    private List<PushEvent> pushed(Stream<? extends SpecificRecord> events) throws UnavailableException {
        return push
                .handle(events.map(event -> new DecodedRecord("topic", 0, 0, NOON, "key", event, NOON, () -> false))
                        .toList())
                .stream()
                .map(outcome -> ((RecordOutcome.Push) outcome).events().getFirst())
                .toList();
    }
}

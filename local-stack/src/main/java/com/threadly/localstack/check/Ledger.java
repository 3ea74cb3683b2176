package com.threadly.localstack.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.localstack.subscribe.Push;
import com.threadly.localstack.traffic.Emission;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was published with what arrived. An event must be entered before its pushes; apart from that the two
 * may come in any order. For one thread.
 */
final class Ledger {

    private static final Duration DIGEST_WINDOW = Duration.ofMinutes(5);

    private final Promises promises = new Promises(DIGEST_WINDOW);
    private final ParsedPush.Reader reader = new ParsedPush.Reader(new ObjectMapper(), promises);
    private final Tally tally;
    private final Singles singles;
    private final ExpectedDigests digests;
    private final Set<UUID> events = new HashSet<>();
    private @Nullable Instant first;
    private long pushes;

    Ledger(DeliveryListener listener) {
        tally = new Tally(listener);
        singles = new Singles(tally);
        digests = new ExpectedDigests(tally);
    }

    /** {@code emission} is about to be published. Publishing the same event again promises nothing more. */
    void published(Emission<?> emission, Instant at) {
        first = first == null ? at : first;
        if (events.add(emission.eventId())) {
            for (Expected expected : promises.of(emission)) {
                switch (expected) {
                    case Expected.Single single -> singles.expect(single, emission.eventId(), at);
                    case Expected.Digested digested -> digests.expect(digested, emission.eventId(), at);
                }
            }
        }
    }

    void arrived(Push push) {
        pushes++;
        switch (reader.read(push)) {
            case ParsedPush.One one -> singles.arrived(one.id(), push.at());
            case ParsedPush.Count count -> digests.arrived(count, push.at());
            case ParsedPush.Unreadable unreadable -> tally.unexpected(unreadable.why() + ": " + push);
            case ParsedPush.Extra _ -> {}
        }
    }

    /** The number of promises not kept yet. */
    int missing() {
        return singles.missing() + digests.missing();
    }

    long events() {
        return events.size();
    }

    long pushes() {
        return pushes;
    }

    Report report() {
        return tally.report(
                events.size(),
                singles.expected() + digests.expected(),
                pushes,
                digests.and(singles.lost()),
                first == null ? Instant.MAX : first);
    }
}

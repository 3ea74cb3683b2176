package com.threadly.localstack.traffic;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Gives events ids derived from the seed, and times at Avro's precision. */
record Stamps(RandomGenerator random, Clock clock) {

    private static final long VERSION_4 = 0x0000_0000_0000_4000L;
    private static final long VARIANT_2 = 0x8000_0000_0000_0000L;

    UUID newId() {
        long high = (random.nextLong() & ~0x0000_0000_0000_F000L) | VERSION_4;
        long low = (random.nextLong() & ~0xC000_0000_0000_0000L) | VARIANT_2;
        return new UUID(high, low);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}

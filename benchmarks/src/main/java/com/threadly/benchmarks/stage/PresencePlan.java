package com.threadly.benchmarks.stage;

import com.threadly.localstack.traffic.Zipf;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * How presence events are spread over channels and users.
 *
 * @param exponent of Zipf's law; 0 for equal channels
 * @param viewers users who come to a channel
 */
public record PresencePlan(int events, int channels, double exponent, int viewers) {

    private static final int SEED = 1;

    /** A user and a channel. */
    record Visit(int channel, int user) {}

    /** The next visit: the same sequence every time. */
    Supplier<Visit> draws() {
        var random = new SplittableRandom(SEED);
        IntSupplier next = exponent == 0 ? inTurn() : zipf(random);
        return () -> {
            int channel = next.getAsInt();
            // The audiences of neighbouring channels overlap, as a user looks at several.
            int user = Math.floorMod(channel * (viewers / 4) + random.nextInt(viewers), Integer.MAX_VALUE);
            return new Visit(channel, user);
        };
    }

    private IntSupplier inTurn() {
        var number = new AtomicInteger();
        return () -> number.getAndIncrement() % channels;
    }

    private IntSupplier zipf(SplittableRandom random) {
        var zipf = new Zipf(channels, exponent);
        return () -> zipf.next(random);
    }
}

package com.threadly.bench.stage;

import com.threadly.stack.traffic.Zipf;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * How presence events are spread over channels and users.
 *
 * @param exponent of Zipf's law; 0 for channels that are all alike
 * @param viewers users who come to a channel
 */
public record PresencePlan(int events, int channels, double exponent, int viewers) {

    private static final int SEED = 1;

    /** Who is seen where. */
    record Visit(int channel, int user) {}

    /** The next visit: the same ones every time. */
    Supplier<Visit> draws() {
        var random = new SplittableRandom(SEED);
        var zipf = new Zipf(channels, exponent);
        return () -> {
            int channel = zipf.next(random);
            // A user looks at several channels, as people do.
            int user = (int) (((long) channel * viewers / 4 + random.nextInt(viewers)) % Integer.MAX_VALUE);
            return new Visit(channel, user);
        };
    }
}

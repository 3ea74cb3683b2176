package com.threadly.benchmarks.stage;

import com.threadly.localstack.traffic.Zipf;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/**
 * How messages are spread over conversations.
 *
 * @param messages how many there are
 * @param exponent of Zipf's law; 0 for conversations that are all alike
 * @param hotShare of all messages, what conversation 0 has besides its share by Zipf's law
 */
public record CorpusPlan(int messages, int conversations, double exponent, double hotShare) {

    private static final int SEED = 1;

    /** The conversation of each next message: the same ones every time. */
    IntSupplier draws() {
        var random = new SplittableRandom(SEED);
        var zipf = new Zipf(conversations, exponent);
        return () -> random.nextDouble() < hotShare ? 0 : zipf.next(random);
    }
}

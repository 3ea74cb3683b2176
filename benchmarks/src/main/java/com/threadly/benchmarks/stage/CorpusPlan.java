package com.threadly.benchmarks.stage;

import com.threadly.localstack.traffic.Zipf;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/**
 * How messages are spread over conversations.
 *
 * @param messages the number of messages
 * @param exponent of Zipf's law; 0 for equal conversations
 * @param hotShare the share of conversation 0 in addition to the one by Zipf's law
 */
public record CorpusPlan(int messages, int conversations, double exponent, double hotShare) {

    private static final int SEED = 1;

    /** The conversations of the messages: the same sequence every time. */
    IntSupplier draws() {
        var random = new SplittableRandom(SEED);
        var zipf = new Zipf(conversations, exponent);
        return () -> random.nextDouble() < hotShare ? 0 : zipf.next(random);
    }
}

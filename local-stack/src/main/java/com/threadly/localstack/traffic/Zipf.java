package com.threadly.localstack.traffic;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws ranks by Zipf's law: rank r (from 0) comes up in proportion to 1 / (r + 1)^exponent. */
public final class Zipf {

    private final double[] cumulative;

    public Zipf(int size, double exponent) {
        cumulative = new double[size];
        double sum = 0;
        for (int rank = 0; rank < size; rank++) {
            sum += Math.pow(rank + 1.0, -exponent);
            cumulative[rank] = sum;
        }
    }

    public int next(RandomGenerator random) {
        double at = random.nextDouble() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, at);
        return Math.min(found >= 0 ? found + 1 : -found - 1, cumulative.length - 1);
    }
}

package com.threadly.localstack.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipfTest {

    private static final int DRAWS = 200_000;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.8, 1, 1.5})
    void drawsEachRankInItsProportion(double exponent) {
        int[] counts = new int[50];
        Zipf zipf = new Zipf(counts.length, exponent);
        var random = new SplittableRandom(7);
        for (int draw = 0; draw < DRAWS; draw++) {
            counts[zipf.next(random)]++;
        }

        double sum = 0;
        for (int rank = 1; rank <= counts.length; rank++) {
            sum += Math.pow(rank, -exponent);
        }
        for (int rank = 1; rank <= counts.length; rank++) {
            double wanted = DRAWS * Math.pow(rank, -exponent) / sum;
            assertThat((double) counts[rank - 1]).as("rank %d", rank).isCloseTo(wanted, within(5 * Math.sqrt(wanted)));
        }
    }

    @Property
    void staysWithinItsSize(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 1000) int size,
            @ForAll @DoubleRange(min = 0, max = 3) double exponent) {
        assertThat(new Zipf(size, exponent).next(new SplittableRandom(seed))).isBetween(0, size - 1);
    }
}

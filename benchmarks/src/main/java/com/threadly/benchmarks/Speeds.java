package com.threadly.benchmarks;

import com.threadly.benchmarks.MeasuredWindow.Speed;
import com.threadly.benchmarks.report.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The speeds of one engine under the same conditions, round by round. */
final class Speeds {

    private final List<Speed> rounds = new ArrayList<>();

    void add(Speed speed) {
        rounds.add(speed);
    }

    double median(ToDoubleFunction<Speed> value) {
        return Numbers.median(rounds.stream().map(value::applyAsDouble).toList());
    }

    boolean sound() {
        return rounds.stream().allMatch(Speed::sound);
    }
}

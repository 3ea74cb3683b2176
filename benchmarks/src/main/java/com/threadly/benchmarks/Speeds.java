package com.threadly.benchmarks;

import com.threadly.benchmarks.MeasuredWindow.Speed;
import com.threadly.benchmarks.report.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the same engine did in the same circumstances, round after round. */
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

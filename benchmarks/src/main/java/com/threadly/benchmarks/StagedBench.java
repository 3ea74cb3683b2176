package com.threadly.benchmarks;

import com.threadly.benchmarks.stage.Stage;
import java.nio.file.Path;

/** A benchmark of one engine at a time, with a Pusher stub. */
abstract class StagedBench extends Bench {

    StagedBench(String name, String arguments) {
        super(name, arguments);
    }

    abstract Outcome measure(Stage stage) throws Exception;

    @Override
    final Outcome measure(Path home) throws Exception {
        progress("setting the stage: broker, schema registry, stub");
        try (Stage stage = Stage.set(home)) {
            return measure(stage);
        }
    }
}

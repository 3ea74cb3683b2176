package com.threadly.benchmarks;

import com.threadly.benchmarks.stage.Corpus;
import com.threadly.benchmarks.stage.Engine;
import com.threadly.benchmarks.stage.RunningEngine;
import com.threadly.benchmarks.stage.Stage;
import com.threadly.benchmarks.stub.StubReport;
import java.time.Duration;

/**
 * How long an engine is measured.
 *
 * @param warmUp from its first message; not measured
 */
record MeasuredWindow(Duration warmUp, Duration measured) {

    /**
     * An engine's result within the window.
     *
     * @param events per second
     * @param hot events per second of conversation 0
     * @param batch events per request
     * @param cpuMicros of the engine's processor time per event
     * @param peakMiB of its resident memory
     * @param sound whether its promises of order and repeats held from first to last message
     */
    record Speed(double events, double hot, double batch, double cpuMicros, double peakMiB, boolean sound) {}

    /** Launches {@code engine}, measures it, and stops it. */
    Speed of(Engine engine, Corpus corpus, Duration delay, Stage stage) throws Exception {
        stage.stub().begin(delay, corpus.plan().conversations(), 0);
        RunningEngine.Reading begin;
        RunningEngine.Reading end;
        try (RunningEngine running = stage.launch(engine, corpus)) {
            running.awaitFirstMessage();
            Thread.sleep(warmUp);
            begin = running.read();
            Thread.sleep(measured);
            end = running.read();
        }
        StubReport from = begin.stub();
        StubReport to = end.stub();
        return new Speed(
                to.rateSince(from),
                to.hotRateSince(from),
                to.batchSince(from),
                end.cpu().minus(begin.cpu()).toNanos() / 1e3 / Math.max(1, to.received() - from.received()),
                end.peakMiB(),
                !engine.promisesOrder() || stage.stub().report().inOrderAndOnce());
    }
}

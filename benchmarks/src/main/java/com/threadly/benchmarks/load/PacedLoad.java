package com.threadly.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Callers that together send an even number of requests per second. A request's time begins when it is due, so one that
 * waits behind a slow one counts its wait.
 *
 * @param atOnce the number of callers
 * @param requests the bytes of the request with a number
 */
public record PacedLoad(int port, int atOnce, int perSecond, LongFunction<byte[]> requests) {

    private static final long MAX_NANOS = Duration.ofSeconds(60).toNanos();

    /** Sends requests for this long. */
    public Load.Result during(Duration time) throws InterruptedException, ExecutionException {
        var nanos = new ConcurrentHistogram(MAX_NANOS, 3);
        var refused = new LongAdder();
        long begin = System.nanoTime();
        // Virtual ones would wait behind those of others who load the same server.
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                long first = i;
                callers.add(threads.submit(() -> {
                    ask(first, begin, time, nanos, refused);
                    return null;
                }));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
        return new Load.Result(nanos, refused.sum());
    }

    private void ask(long first, long begin, Duration time, Histogram nanos, LongAdder refused) throws IOException {
        try (var caller = new Caller(port)) {
            for (long number = first; ; number += atOnce) {
                long due = begin + number * 1_000_000_000L / perSecond;
                if (due - begin >= time.toNanos()) {
                    return;
                }
                LockSupport.parkNanos(due - System.nanoTime());
                if (caller.ask(requests.apply(number)) == 200) {
                    nanos.recordValue(Math.clamp(System.nanoTime() - due, 0, MAX_NANOS));
                } else {
                    refused.increment();
                }
            }
        }
    }
}

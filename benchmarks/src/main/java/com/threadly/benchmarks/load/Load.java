package com.threadly.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Callers that each send the next request as soon as they are answered.
 *
 * @param atOnce the number of callers
 * @param requests the bytes of the request with a number; every caller has its own numbers
 */
public record Load(int port, int atOnce, LongFunction<byte[]> requests) {

    private static final long MAX_NANOS = Duration.ofSeconds(30).toNanos();

    /**
     * The result.
     *
     * @param nanos per request with the expected status
     * @param refused requests with any other status
     */
    public record Result(Histogram nanos, long refused) {}

    /** Sends requests for this long. */
    public Result during(Duration time) throws InterruptedException, ExecutionException {
        var nanos = new ConcurrentHistogram(MAX_NANOS, 3);
        var refused = new LongAdder();
        long end = System.nanoTime() + time.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                long first = i;
                callers.add(threads.submit(() -> {
                    ask(first, end, nanos, refused);
                    return null;
                }));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
        return new Result(nanos, refused.sum());
    }

    private void ask(long first, long end, Histogram nanos, LongAdder refused) throws IOException {
        try (var caller = new Caller(port)) {
            for (long number = first; System.nanoTime() < end; number += atOnce) {
                byte[] request = requests.apply(number);
                long begin = System.nanoTime();
                int status = caller.ask(request);
                if (status == 200) {
                    nanos.recordValue(Math.min(MAX_NANOS, System.nanoTime() - begin));
                } else {
                    refused.increment();
                }
            }
        }
    }
}

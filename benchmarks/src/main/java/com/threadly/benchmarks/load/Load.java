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
 * Callers who each ask again as soon as they are answered.
 *
 * @param atOnce how many there are
 * @param requests the bytes of the request of a number; every caller has numbers of its own
 */
public record Load(int port, int atOnce, LongFunction<byte[]> requests) {

    private static final long MAX_NANOS = Duration.ofSeconds(30).toNanos();

    /**
     * What came of it.
     *
     * @param nanos of each request that was answered as it should be
     * @param refused those that were answered otherwise
     */
    public record Result(Histogram nanos, long refused) {}

    /** Asks for so long. */
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

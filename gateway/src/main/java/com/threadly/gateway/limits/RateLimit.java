package com.threadly.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Optional;

/**
 * Limits the requests per second of each caller, and what they carry, with bursts of some seconds' worth. Each process counts separately:
 * behind a load balancer, a caller has this limit per process.
 */
public final class RateLimit {

    private static final int BURST_SECONDS = 5;
    private static final long MOST_CALLERS = 100_000;

    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            // By then, a bucket is full again, like a new one.
            .expireAfterAccess(Duration.ofSeconds(2 * BURST_SECONDS))
            .maximumSize(MOST_CALLERS)
            .build();

    private final Bandwidth bandwidth;

    private final long burst;

    public RateLimit(int perSecond) {
        this.burst = (long) perSecond * BURST_SECONDS;
        this.bandwidth = Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(perSecond, Duration.ofSeconds(1))
                .build();
    }

    /**
     * Counts a request.
     *
     * @param caller a user's id, or an address
     * @return how long to wait, if the limit is exceeded
     */
    public Optional<Duration> count(String caller) {
        return consume(caller, 1);
    }

    /**
     * Counts what a request carries, after the request itself.
     *
     * @param more its items beyond the first; more than a burst allows count as a burst
     * @return how long to wait, if the limit is exceeded
     */
    public Optional<Duration> countMore(String caller, int more) {
        // A whole burst would never be there after the request itself.
        return more <= 0 ? Optional.empty() : consume(caller, Math.min(more, burst - 1));
    }

    private Optional<Duration> consume(String caller, long tokens) {
        Bucket bucket =
                buckets.get(caller, _ -> Bucket.builder().addLimit(bandwidth).build());
        var probe = bucket.tryConsumeAndReturnRemaining(tokens);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** How much of a burst the caller has used up, and not got back yet, in percent. Counts nothing. */
    public int spentPercent(String caller) {
        Bucket bucket = buckets.getIfPresent(caller);
        return bucket == null ? 0 : Math.toIntExact(100 * (burst - bucket.getAvailableTokens()) / burst);
    }

    /** Takes back what {@link #count} has counted, within the limit. */
    public void giveBack(String caller) {
        Bucket bucket = buckets.getIfPresent(caller);
        if (bucket != null) {
            bucket.addTokens(1);
        }
    }
}

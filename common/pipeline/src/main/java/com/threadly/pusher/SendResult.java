package com.threadly.pusher;

import com.threadly.runtime.retry.RetryPolicy;
import java.time.Duration;
import java.util.Locale;

/** The result of one request to Pusher, by its HTTP status. */
public sealed interface SendResult {

    /** Acknowledged. */
    record Delivered() implements SendResult {}

    /** Temporary failure: send the same again. */
    sealed interface Retryable extends SendResult {

        /** The minimum wait. */
        Duration atLeast();

        /** The cause, for the person who has to fix it. */
        String cause();
    }

    /** No response, 5xx or a response that is not Pusher's. */
    record RetryAfter(Duration atLeast, String cause) implements Retryable {}

    /** 429, or 503, which proxies answer: we send more than the app may, or than the server can take. */
    record TooMany(Duration atLeast, String cause) implements Retryable {}

    /** 401 or 404 in Pusher's words: key, secret or app are wrong. Someone must act; until then, retry slowly. */
    record Unauthorized(int status, String reason) implements Retryable {

        private static final RetryPolicy RETRY = RetryPolicy.every(Duration.ofSeconds(2));

        @Override
        public Duration atLeast() {
            return RETRY.waitAfter(1);
        }

        @Override
        public String cause() {
            return String.format(
                    Locale.ROOT,
                    "HTTP %d, %s: check PUSHER_APP_ID, PUSHER_KEY, PUSHER_SECRET and PUSHER_HOST",
                    status,
                    reason);
        }
    }

    /**
     * 403, or another 4xx not from Pusher: the app, or a proxy, rejects this request or all of them. The batch is
     * halved until one event is alone; {@link RejectionPolicy} decides when that event is at fault.
     */
    record Blocked(int status, String reason) implements Retryable {

        @Override
        public Duration atLeast() {
            return Duration.ZERO;
        }

        @Override
        public String cause() {
            return String.format(
                    Locale.ROOT,
                    "HTTP %d, %s: check the app (disabled, quota exhausted), PUSHER_HOST, PUSHER_TLS and any proxy",
                    status,
                    reason);
        }
    }

    /** Permanent failure: 400, 413 or 422 from Pusher itself. In a batch, at least one event is at fault. */
    record Rejected(int status, String reason) implements SendResult {}
}

package com.threadly.pusher;

import com.threadly.runtime.retry.RetryPolicy;
import java.time.Duration;
import java.util.Locale;

/** What became of one request to Pusher, as the HTTP status tells it. */
public sealed interface SendResult {

    /** Acknowledged. */
    record Delivered() implements SendResult {}

    /** Not now: the same must be sent again. */
    sealed interface Retryable extends SendResult {

        /** How long to wait at least. */
        Duration atLeast();

        /** Why, for whoever has to mend it. */
        String cause();
    }

    /** No answer, 5xx or an answer that is not Pusher's. */
    record RetryAfter(Duration atLeast, String cause) implements Retryable {}

    /** 429, or 503, which proxies answer: we send more than the app may, or than the server can take. */
    record TooMany(Duration atLeast, String cause) implements Retryable {}

    /** 401 or 404: key, secret or app are wrong. Somebody must act; until then, the same again, slowly. */
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
     * 403, or another 4xx that is not Pusher's answer: the app, or something between us and Pusher, refuses this
     * request or all of them. It is halved until one event stands alone; {@link RejectionPolicy} says when that event
     * is to blame.
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
                    "HTTP %d, %s: check the app (disabled, quota used up), PUSHER_HOST, PUSHER_TLS and any proxy",
                    status,
                    reason);
        }
    }

    /** Never: 400, 413 or 422 in Pusher's own words. In a batch, at least one event is at fault. */
    record Rejected(int status, String reason) implements SendResult {}
}

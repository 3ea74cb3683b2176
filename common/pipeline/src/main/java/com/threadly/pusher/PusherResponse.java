package com.threadly.pusher;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the answer to a request means. The HTTP status decides, together with the question whether the answer is
 * Pusher's own: proxies, gateways and load balancers answer with the same statuses for reasons that have nothing to do
 * with the events.
 */
final class PusherResponse {

    /** A longer pause asked for by {@code Retry-After} is cut: probing costs one request and may find Pusher well. */
    static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(1);

    private static final int MAX_REASON = 200;

    /**
     * Only these keys, numbers and phrases: the body says no more than the status does. Web servers and gateways answer
     * so; Pusher and the servers that speak its protocol say what is wrong with the event. Possessive: else a long body
     * of such words would need more stack than a thread has.
     */
    private static final Pattern NO_MORE_THAN_THE_STATUS = Pattern.compile(
            "(?:error|message|status|statuscode|code|title|bad request|payload too large|content too large"
                    + "|request entity too large|http|request body too large|unprocessable entity|unprocessable content"
                    + "|forbidden|access denied| )*+");

    private static final Pattern NO_LETTERS = Pattern.compile("\\P{L}+");
    private static final Pattern SECONDS = Pattern.compile("[0-9]+");

    private PusherResponse() {}

    /** The outcome of a request with this answer; a null status is none at all. */
    static SendResult outcome(@Nullable Integer status, @Nullable String body, Duration retryAfter) {
        String reason = shortened(body);
        return switch (status) {
            case null -> new SendResult.RetryAfter(Duration.ZERO, "no answer: " + reason);
            case Integer ok
            when ok / 100 == 2 ->
                reason.startsWith("{")
                        ? new SendResult.Delivered()
                        : new SendResult.RetryAfter(Duration.ZERO, "the answer is not Pusher's: " + reason);
            case 400, 413, 422 ->
                isPushers(body) ? new SendResult.Rejected(status, reason) : new SendResult.Blocked(status, reason);
            case 401, 404 -> new SendResult.Unauthorized(status, reason);
            case 429, 503 -> new SendResult.TooMany(retryAfter, "HTTP " + status + ": " + reason);
            // A proxy that wants a password, and those that say themselves that the same may be sent again.
            case 407, 408, 425 -> new SendResult.RetryAfter(retryAfter, "HTTP " + status + ": " + reason);
            case Integer refused when refused / 100 == 4 -> new SendResult.Blocked(refused, reason);
            case Integer other -> new SendResult.RetryAfter(retryAfter, "HTTP " + other + ": " + reason);
        };
    }

    /**
     * Whether the body of an error is one that Pusher, or a server that speaks its protocol, would send: a sentence or
     * JSON that says what is wrong. The content type is no help, as their errors come as plain text, as JSON, and
     * without any type.
     */
    static boolean isPushers(@Nullable String body) {
        String text = body == null ? "" : body.replace("\uFEFF", "").strip();
        boolean binary = text.chars().anyMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
        if (binary || text.startsWith("<")) {
            return false;
        }
        String words = NO_LETTERS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ");
        return !NO_MORE_THAN_THE_STATUS.matcher(words).matches();
    }

    /**
     * The pause that a {@code Retry-After} header asks for, within limits; none when it is missing or not a number of
     * seconds. The other form, a date, is not what Pusher or a compatible server sends; backoff covers it.
     */
    static Duration retryAfter(@Nullable String header) {
        if (header == null || !SECONDS.matcher(header).matches()) {
            return Duration.ZERO;
        }
        // Five digits are more than the limit, and any number of digits may come.
        String digits = header.replaceFirst("^0+(?=.)", "");
        return digits.length() >= 5 ? MAX_RETRY_AFTER : capped(Duration.ofSeconds(Long.parseLong(digits)));
    }

    private static Duration capped(Duration asked) {
        return asked.compareTo(MAX_RETRY_AFTER) < 0 ? asked : MAX_RETRY_AFTER;
    }

    private static String shortened(@Nullable String body) {
        String text = body == null ? "" : body.strip();
        return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON) + "…";
    }
}

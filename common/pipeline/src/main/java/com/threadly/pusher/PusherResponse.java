package com.threadly.pusher;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Interprets a response by its HTTP status and by whether it is Pusher's own: proxies, gateways and load balancers
 * answer with the same statuses for reasons unrelated to the events.
 */
final class PusherResponse {

    /** A longer {@code Retry-After} is capped: a probe costs one request, and Pusher may have recovered. */
    static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(1);

    private static final int MAX_REASON = 200;

    /**
     * What Pusher and compatible servers call the parts of a request. Only they read it: a web server, a proxy or a
     * gateway complains of hosts, headers and bodies.
     */
    private static final Pattern NAMES_A_PART = Pattern.compile(
            "\\b(?:events?|channels?|batch|data|socket[ _]?id)\\b|\\bparameters?:? name\\b|\\bname (?:field|parameter)\\b");

    /** A list of what is wrong with one field, as Laravel's validation answers. */
    private static final Pattern PROBLEMS_OF_A_FIELD =
            Pattern.compile("\"(?:batch\\.\\d+\\.)?(?:name|channels?|data|socket_id)\"\\s*:\\s*\\[\\s*\"");

    /** Keys of JSON, and paths and addresses, which proxies repeat. */
    private static final Pattern NOT_SAID = Pattern.compile("\"[^\"\\s]*+\"\\s*+:|[^\\s\"/]{0,200}+/[^\\s\"]*+");

    /** Some proxies and serverless gateways answer 200 to what failed behind them. */
    private static final Pattern TELLS_OF_A_FAILURE = Pattern.compile("\"(?:error\\w*|fault|exception)\"\\s*:"
            + "|\"(?:success|ok)\"\\s*:\\s*false\\b"
            + "|\"status\"\\s*:\\s*(?:[45]\\d\\d\\b|\"(?:error|fail))"
            // Some compatible servers say so to what they have taken.
            + "|\"message\"\\s*+:\\s*+(?!\"(?i:ok)\")");

    private static final Pattern CREDENTIALS =
            Pattern.compile("\\b(?:app|apps|application|key|signature|secret|timestamp|authentication|auth_\\w+)\\b");

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");

    private PusherResponse() {}

    /** The outcome of a request with this response; a null status means no response. */
    static SendResult outcome(@Nullable Integer status, @Nullable String body, Duration retryAfter) {
        String reason = shortened(body);
        return switch (status) {
            case null -> new SendResult.RetryAfter(Duration.ZERO, "no response: " + reason);
            case Integer ok
            when ok / 100 == 2 ->
                isTaken(body)
                        ? new SendResult.Delivered()
                        : new SendResult.RetryAfter(Duration.ZERO, "the response is not Pusher's: " + reason);
            case 400, 413, 422 ->
                isPushers(body) ? new SendResult.Rejected(status, reason) : new SendResult.Blocked(status, reason);
            case 401, 404 ->
                blamesCredentials(body)
                        ? new SendResult.Unauthorized(status, reason)
                        : new SendResult.Blocked(status, reason);
            case 429, 503 -> new SendResult.TooMany(retryAfter, "HTTP " + status + ": " + reason);
            // A proxy that wants a password, and those that say themselves that the same may be sent again.
            case 407, 408, 425 -> new SendResult.RetryAfter(retryAfter, "HTTP " + status + ": " + reason);
            case Integer refused when refused / 100 == 4 -> new SendResult.Blocked(refused, reason);
            case Integer other -> new SendResult.RetryAfter(retryAfter, "HTTP " + other + ": " + reason);
        };
    }

    private static boolean isTaken(@Nullable String body) {
        String text = body == null ? "" : body.strip();
        return text.startsWith("{")
                && text.endsWith("}")
                && !text.startsWith("<", 1)
                && !TELLS_OF_A_FAILURE.matcher(text).find();
    }

    /** Whether it is the app, the key or the signature that is unknown, in the words of Pusher or a compatible server. */
    private static boolean blamesCredentials(@Nullable String body) {
        String text = body == null ? "" : body.strip();
        return !text.startsWith("<")
                && CREDENTIALS.matcher(text.toLowerCase(Locale.ROOT)).find();
    }

    /**
     * Whether an error body is one that Pusher, or a compatible server, would send: a sentence or JSON that says which
     * part of the request is wrong. Anything else may be said to every request. The content type does not help: their
     * errors come as plain text, as JSON, and without a type.
     */
    static boolean isPushers(@Nullable String body) {
        String text = body == null ? "" : body.replace("\uFEFF", "").strip();
        boolean binary = text.chars().anyMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
        if (binary || text.startsWith("<")) {
            return false;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return PROBLEMS_OF_A_FIELD.matcher(lower).find()
                || NAMES_A_PART.matcher(NOT_SAID.matcher(lower).replaceAll(" ")).find();
    }

    /**
     * The pause of a {@code Retry-After} header, within limits; none when it is missing or not a number of seconds.
     * Pusher and compatible servers do not send the other form, a date; backoff covers it.
     */
    static Duration retryAfter(@Nullable String header) {
        if (header == null || !SECONDS.matcher(header).matches()) {
            return Duration.ZERO;
        }
        // Five digits exceed the limit, and a header may have any number of digits.
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

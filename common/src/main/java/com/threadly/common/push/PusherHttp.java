package com.threadly.common.push;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.pusher.rest.Pusher;
import com.pusher.rest.data.Event;
import com.pusher.rest.data.Result;
import com.threadly.common.payload.Payloads;
import java.time.Duration;
import java.util.List;
import org.apache.http.HttpResponse;
import org.apache.http.impl.client.DefaultConnectionKeepAliveStrategy;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pusher's HTTP API by pusher-http-java's blocking client, for many virtual threads at once.
 *
 * <p>The HTTP status decides what an answer means. The client's own {@code shouldRetry} does not: it takes 413, which
 * will never succeed, for something to retry.
 */
public final class PusherHttp implements PusherTransport {

    private static final Logger log = LoggerFactory.getLogger(PusherHttp.class);
    private static final int MAX_REASON = 200;

    private static final String BATCH_PATH = "/batch_events";
    /** Characters of data that are within Pusher's limit even when each is escaped to six bytes. */
    private static final int SHORT = PushEvent.MAX_DATA_BYTES / 6;

    private static final String ENCRYPTED = "private-encrypted-";

    /** A batch as Pusher's HTTP API takes it. */
    private record BatchJson(List<EventJson> batch) {}

    private record EventJson(
            String channel,
            String name,
            String data,

            @JsonProperty("socket_id") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String socketId) {

        static EventJson of(PushEvent event) {
            return new EventJson(event.channel(), event.name(), event.data(), event.socketId());
        }
    }

    private final Pusher client;

    // The client hands out no response headers. It calls on one thread, so what the interceptor saw there is the
    // answer's.
    private final ThreadLocal<Duration> retryAfter = ThreadLocal.withInitial(() -> Duration.ZERO);

    public PusherHttp(PusherSettings settings) {
        client = settings.encryptionKey() == null
                ? new Pusher(settings.appId(), settings.key(), settings.secret())
                : new Pusher(settings.appId(), settings.key(), settings.secret(), settings.encryptionKey());
        client.setHost(settings.host());
        client.setEncrypted(settings.tls());
        client.setDataMarshaller(String.class::cast);
        client.setRequestTimeout(Math.toIntExact(settings.timeout().toMillis()));
        client.configureHttpClient(httpClient(settings.slots()));
    }

    @Override
    public PushOutcome send(List<PushEvent> batch) {
        retryAfter.remove();
        Result result;
        try {
            result = post(batch);
        } catch (RuntimeException e) {
            // The client reads a body even where there is none (204, 304). Nothing is known of the batch then.
            return new PushOutcome.RetryAfter(Duration.ZERO, "the answer cannot be read: " + e);
        }
        return outcome(result.getHttpStatus(), result.getMessage(), retryAfter.get());
    }

    /** The client signs, and encrypts where that is asked for; other batches are written here, without its reflection. */
    private Result post(List<PushEvent> batch) {
        if (batch.stream().anyMatch(event -> event.channel().startsWith(ENCRYPTED))) {
            return client.trigger(batch.stream()
                    .map(event -> new Event(event.channel(), event.name(), event.data(), event.socketId()))
                    .toList());
        }
        var body = new BatchJson(batch.stream().map(EventJson::of).toList());
        boolean allShort = batch.stream().allMatch(event -> event.data().length() <= SHORT);
        return client.post(BATCH_PATH, allShort ? Payloads.ascii(body) : Payloads.json(body));
    }

    /** What an answer means; a null status is none at all. */
    static PushOutcome outcome(@Nullable Integer status, @Nullable String body, Duration retryAfter) {
        String reason = shortened(body);
        return switch (status) {
            case null -> new PushOutcome.RetryAfter(Duration.ZERO, "no answer: " + reason);
            case Integer ok
            when ok / 100 == 2 ->
                reason.startsWith("{")
                        ? new PushOutcome.Delivered()
                        : new PushOutcome.RetryAfter(Duration.ZERO, "the answer is not Pusher's: " + reason);
            case 400, 413 -> new PushOutcome.Rejected(status, reason);
            case 401, 403, 404 -> new PushOutcome.Unauthorized(status, reason);
            case 429 -> new PushOutcome.TooMany(retryAfter, "HTTP 429: " + reason);
            case Integer other -> new PushOutcome.RetryAfter(retryAfter, "HTTP " + other + ": " + reason);
        };
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (Exception e) {
            log.atDebug().setCause(e).log("closing the connections to Pusher failed");
        }
    }

    private HttpClientBuilder httpClient(int connections) {
        var pool = new PoolingHttpClientConnectionManager();
        pool.setMaxTotal(connections);
        pool.setDefaultMaxPerRoute(connections);
        return HttpClientBuilder.create()
                .setConnectionManager(pool)
                .setKeepAliveStrategy(DefaultConnectionKeepAliveStrategy.INSTANCE)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                // An answer is a few bytes, and signed requests are all that Pusher asks for.
                .disableContentCompression()
                .disableAuthCaching()
                .addInterceptorLast((HttpResponse response, HttpContext context) -> noteRetryAfter(response));
    }

    private void noteRetryAfter(HttpResponse response) {
        var header = response.getFirstHeader("Retry-After");
        // The other form, a date, is not what Pusher or a compatible server sends; backoff covers it.
        if (header != null && header.getValue().matches("\\d{1,6}")) {
            retryAfter.set(Duration.ofSeconds(Long.parseLong(header.getValue())));
        }
    }

    private static String shortened(@Nullable String body) {
        String text = body == null ? "" : body.strip();
        return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON) + "…";
    }
}

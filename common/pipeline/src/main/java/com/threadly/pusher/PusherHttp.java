package com.threadly.pusher;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.pusher.rest.Pusher;
import com.pusher.rest.data.Event;
import com.pusher.rest.data.Result;
import com.threadly.payload.Payloads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.http.Header;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.DefaultClientConnectionReuseStrategy;
import org.apache.http.impl.client.DefaultConnectionKeepAliveStrategy;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.protocol.HttpContext;
import org.apache.http.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pusher's HTTP API over pusher-http-java's blocking client, for many virtual threads at once.
 *
 * <p>{@link PusherResponse} interprets responses, instead of the client's {@code shouldRetry}, which would retry 413
 * forever.
 */
public final class PusherHttp implements PusherTransport {

    private static final Logger log = LoggerFactory.getLogger(PusherHttp.class);
    /** Pusher's responses have some hundred bytes, a proxy's page some thousand. */
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private static final int MAX_HEADERS = 100;
    private static final int MAX_LINE = 16 * 1024;

    /** A host name may mean other servers by then. */
    private static final Duration CONNECTION_LIFE = Duration.ofMinutes(1);

    private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private static final String BATCH_PATH = "/batch_events";
    /** Characters of data within Pusher's limit even if each is escaped to six bytes. */
    private static final int SHORT = PushEvent.MAX_DATA_BYTES / 6;

    private static final String ENCRYPTED = "private-encrypted-";

    /** A batch as Pusher's HTTP API expects it. */
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

    private final Duration timeout;

    // The client exposes neither its request nor response headers. It calls on one thread, so the interceptors there
    // see the call in progress.
    private final ThreadLocal<Call> calls = ThreadLocal.withInitial(Call::new);

    private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("push-deadlines").factory());

    public PusherHttp(PusherSettings settings) {
        this(settings, CONNECTION_LIFE);
    }

    /** With connections that are made anew after {@code connectionLife}. */
    PusherHttp(PusherSettings settings, Duration connectionLife) {
        timeout = settings.timeout();
        deadlines.setRemoveOnCancelPolicy(true);
        deadlines.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // Requests in flight while this is closed end with their connections.
        deadlines.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        client = settings.encryptionKey() == null
                ? new Pusher(settings.appId(), settings.key(), settings.secret())
                : new Pusher(settings.appId(), settings.key(), settings.secret(), settings.encryptionKey());
        client.setHost(settings.host());
        client.setEncrypted(settings.tls());
        client.setDataMarshaller(String.class::cast);
        client.setRequestTimeout(Math.toIntExact(timeout.toMillis()));
        client.configureHttpClient(httpClient(settings.slots(), connectionLife));
    }

    @Override
    public SendResult send(List<PushEvent> batch) {
        var call = new Call();
        calls.set(call);
        // The client's own timeouts are between two bytes: a trickling response never exceeds them.
        Future<?> deadline = deadlines.schedule(call::abort, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            Result result = post(batch);
            if (result.getHttpStatus() == null && call.aborted()) {
                return new SendResult.RetryAfter(Duration.ZERO, "no complete response within " + timeout);
            }
            return PusherResponse.outcome(
                    result.getHttpStatus(), result.getMessage(), PusherResponse.retryAfter(call.retryAfter));
        } catch (RuntimeException e) {
            // The client reads a body even if there is none (204, 304). The batch's result is then unknown.
            return new SendResult.RetryAfter(Duration.ZERO, "cannot read the response: " + e);
        } finally {
            deadline.cancel(false);
            calls.remove();
        }
    }

    /**
     * The client signs, and encrypts where required; other batches are written here, without its reflection.
     */
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

    @Override
    public void close() {
        deadlines.shutdown();
        try {
            client.close();
        } catch (Exception e) {
            log.atDebug().setCause(e).log("failed to close the connections to Pusher");
        }
    }

    private HttpClientBuilder httpClient(int connections, Duration connectionLife) {
        var tls = new SSLConnectionSocketFactory(
                SSLContexts.createDefault(),
                TLS_VERSIONS,
                null,
                SSLConnectionSocketFactory.getDefaultHostnameVerifier());
        var pool = new PoolingHttpClientConnectionManager(
                RegistryBuilder.<ConnectionSocketFactory>create()
                        .register("http", PlainConnectionSocketFactory.getSocketFactory())
                        .register("https", tls)
                        .build(),
                null,
                null,
                null,
                connectionLife.toMillis(),
                TimeUnit.MILLISECONDS);
        pool.setMaxTotal(connections);
        pool.setDefaultMaxPerRoute(connections);
        pool.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setMessageConstraints(MessageConstraints.custom()
                        .setMaxHeaderCount(MAX_HEADERS)
                        .setMaxLineLength(MAX_LINE)
                        .build())
                .build());
        return HttpClientBuilder.create()
                .setConnectionManager(pool)
                .setKeepAliveStrategy(DefaultConnectionKeepAliveStrategy.INSTANCE)
                .setConnectionReuseStrategy(PusherHttp::mayBeUsedAgain)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                // Responses are a few bytes, and Pusher requires nothing but signed requests.
                .disableContentCompression()
                .disableAuthCaching()
                .addInterceptorLast((HttpRequest request, HttpContext context) ->
                        calls.get().begins(request))
                .addInterceptorLast((HttpResponse response, HttpContext context) ->
                        calls.get().isAnswered(response));
    }

    /** Behind one address, the next connection may reach another server that works. */
    private static boolean mayBeUsedAgain(HttpResponse response, HttpContext context) {
        return response.getStatusLine().getStatusCode() / 100 == 2
                && DefaultClientConnectionReuseStrategy.INSTANCE.keepAlive(response, context);
    }

    /** One call of the client. */
    private static final class Call {

        private @Nullable HttpUriRequest request;
        private @Nullable String retryAfter;
        private boolean aborted;

        /** Before a connection is asked for. */
        synchronized void begins(HttpRequest sent) {
            HttpRequest original = sent instanceof HttpRequestWrapper wrapper ? wrapper.getOriginal() : sent;
            if (original instanceof HttpUriRequest abortable) {
                request = abortable;
                abortWhenDue();
            }
        }

        void isAnswered(HttpResponse response) {
            Header header = response.getFirstHeader("Retry-After");
            retryAfter = header == null ? null : header.getValue();
            if (response.getEntity() != null) {
                response.setEntity(new BoundedEntity(response.getEntity(), MAX_ANSWER_BYTES));
            }
        }

        /** Ends the call, whatever it waits for; on the deadline thread. */
        synchronized void abort() {
            aborted = true;
            abortWhenDue();
        }

        private void abortWhenDue() {
            if (aborted && request != null) {
                request.abort();
            }
        }

        synchronized boolean aborted() {
            return aborted;
        }
    }
}

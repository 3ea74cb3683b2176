package com.threadly.serde;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.utils.ExponentialBackoff;
import org.jspecify.annotations.Nullable;

/** Sends a request to the registry's addresses until one answers, or the retries are exhausted. */
final class RegistryTransport implements AutoCloseable {

    /** The registry's response, whatever its status. */
    record Answer(int status, String body, String from) {

        /** Whether another address, or the same one later, may succeed. */
        boolean mayPass() {
            return status >= 500 || status == 429 || status == 408;
        }
    }

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int MAX_ANSWER_BYTES = 8 << 20;

    private final RegistryAddresses addresses;
    private final Credentials credentials;
    private final Duration timeout;
    private final int maxRetries;
    private final ExponentialBackoff backoff;
    private final HttpClient http;
    private final Map<HttpRequest, CompletableFuture<?>> inFlight =
            Collections.synchronizedMap(new IdentityHashMap<>());
    private volatile boolean closed;

    /**
     * Creates a transport; sends nothing yet.
     *
     * @param maxRetries how often all addresses are tried again
     * @param backoff milliseconds to wait before a retry, by the number of earlier ones
     */
    RegistryTransport(
            RegistryAddresses addresses,
            Credentials credentials,
            Duration connect,
            Duration read,
            int maxRetries,
            ExponentialBackoff backoff) {
        this.addresses = addresses;
        this.credentials = credentials;
        this.timeout = connect.plus(read);
        this.maxRetries = maxRetries;
        this.backoff = backoff;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connect)
                .build();
    }

    private record Question(
            String method, String path, @Nullable String body) {}

    /** GET without a body, POST with one. */
    Answer ask(String path, @Nullable String body) {
        return ask(path, body, RegistryTransport::neverDoubtful, 0);
    }

    /**
     * As the other. An answer that is {@code doubtful} is given only if no address has a better one.
     *
     * @param repeats how often all addresses are asked again before a doubtful answer is given
     */
    Answer ask(String path, @Nullable String body, Predicate<Answer> doubtful, int repeats) {
        return ask(new Question(body == null ? "GET" : "POST", path, body), doubtful, repeats);
    }

    Answer put(String path, String body) {
        return ask(new Question("PUT", path, body), RegistryTransport::neverDoubtful, 0);
    }

    private static boolean neverDoubtful(Answer answer) {
        return false;
    }

    /** How often a question is repeated while no address answers. */
    int maxRetries() {
        return maxRetries;
    }

    private Answer ask(Question question, Predicate<Answer> doubtful, int repeats) {
        for (int retries = 0; ; retries++) {
            try {
                Answer answer = askEach(question, doubtful);
                if (retries >= repeats || !doubtful.test(answer)) {
                    return answer;
                }
            } catch (RegistryUnavailableException e) {
                if (retries >= maxRetries) {
                    throw e;
                }
            }
            pause(backoff.backoff(retries));
        }
    }

    private Answer askEach(Question question, Predicate<Answer> doubtful) {
        Answer doubted = null;
        StringBuilder failures = new StringBuilder();
        Throwable last = null;
        for (URI base : addresses.bases()) {
            String shown = RegistryAddresses.withoutCredentials(base);
            try {
                Answer answer = send(request(base, question), shown);
                if (doubtful.test(answer)) {
                    doubted = answer;
                    continue;
                }
                if (!answer.mayPass()) {
                    return answer;
                }
                failures.append(' ').append(shown).append(" answered ").append(answer.status());
            } catch (IOException | TimeoutException e) {
                last = e;
                failures.append(' ').append(shown).append(": ").append(e);
            }
        }
        if (doubted != null) {
            return doubted;
        }
        throw new RegistryUnavailableException(
                "The schema registry is not available; check " + SerdeConfig.URL + " and the registry itself:"
                        + failures,
                last);
    }

    private HttpRequest request(URI base, Question question) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(RegistryAddresses.withoutCredentials(base) + question.path()))
                .header("Accept", MEDIA_TYPE + ", application/json");
        credentials.authorization(base).ifPresent(value -> request.header("Authorization", value));
        String body = question.body();
        return body == null
                ? request.build()
                : request.header("Content-Type", MEDIA_TYPE)
                        .method(question.method(), HttpRequest.BodyPublishers.ofString(body))
                        .build();
    }

    private Answer send(HttpRequest request, String from) throws IOException, TimeoutException {
        // A future, because HttpRequest's own timeout covers only the headers: a stalled body would hang forever.
        CompletableFuture<HttpResponse<String>> response = send(request);
        try {
            HttpResponse<String> done = response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(done.statusCode(), done.body(), from);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (CancellationException e) {
            throw new IOException("closed", e);
        } finally {
            response.cancel(true);
            inFlight.remove(request);
        }
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest request) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        CompletableFuture<HttpResponse<String>> response =
                http.sendAsync(request, ignored -> new LimitedBody(MAX_ANSWER_BYTES));
        inFlight.put(request, response);
        return response;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Cancels requests in progress; the client's threads end once it is unreachable. */
    @Override
    public void close() {
        closed = true;
        synchronized (inFlight) {
            inFlight.values().forEach(response -> response.cancel(true));
        }
    }

    @Override
    public String toString() {
        return addresses.toString();
    }
}

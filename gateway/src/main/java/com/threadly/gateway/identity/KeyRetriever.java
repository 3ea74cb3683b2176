package com.threadly.gateway.identity;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Fetches an issuer's keys whole within a time: requests wait for it, and an answer may come byte by byte. */
final class KeyRetriever implements ResourceRetriever {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final int MAX_BYTES = 256 * 1024;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_WITHIN)
            .followRedirects(Redirect.NORMAL)
            .build();

    @Override
    public Resource retrieveResource(URL address) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(address.toString()))
                .header("Accept", "application/json, application/jwk-set+json")
                .build();
        // A future, as the request's own timeout ends with the headers.
        CompletableFuture<HttpResponse<String>> answering =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BYTES));
        try {
            HttpResponse<String> answer = answering.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != 200) {
                throw new IOException("HTTP " + answer.statusCode());
            }
            return new Resource(answer.body(), contentType(answer));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no complete answer within " + ANSWER_WITHIN.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            answering.cancel(true);
        }
    }

    private static @Nullable String contentType(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse(null);
    }
}

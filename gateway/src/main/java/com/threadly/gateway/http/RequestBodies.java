package com.threadly.gateway.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.payload.JsonMappers;
import com.threadly.runtime.http.Problem;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * Reads request bodies within limits of length, time and total memory, with or without an announced length.
 */
public final class RequestBodies {

    /**
     * This much of a body does not count in the budget: the number of connections limits it. Most bodies are shorter.
     */
    private static final int UNCOUNTED_BYTES = 1024;

    /** Most webhooks have less, and so little is soon read. */
    private static final int SMALL_BYTES = 16 * 1024;

    private static final String LEASE = "threadly.body";

    /** This much of a body that is too large is read and discarded. */
    private static final int MAX_DRAINED_BYTES = 2 * 1024 * 1024;

    private static final ObjectMapper JSON = JsonMappers.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private RequestBodies() {}

    /**
     * The raw body of a request with a verified token.
     *
     * @throws ProblemException when it is longer than {@code maxBytes}, incomplete or late, or cancelled for others
     */
    public static byte[] read(Context request, int maxBytes) {
        return read(request, maxBytes, request.appData(BodyBudgets.KEY).users());
    }

    /** As {@link #read}, for an unauthenticated request. */
    public static byte[] readOfAnyone(Context request, int maxBytes) {
        return read(request, maxBytes, request.appData(BodyBudgets.KEY).anyone());
    }

    /**
     * As {@link #readOfAnyone}, for a caller whose requests were refused too often. Of large bodies few are read at a
     * time, the smallest first; of those that wait too long, nothing.
     */
    public static byte[] readOfSuspect(Context request, int maxBytes) {
        BodyBudgets budgets = request.appData(BodyBudgets.KEY);
        long announced = request.req().getContentLengthLong();
        long size = announced < 0 ? maxBytes : announced;
        if (size <= SMALL_BYTES) {
            return read(request, maxBytes, budgets.suspects());
        }
        try (var _ = budgets.largeOfSuspects().await(size).orElseThrow(RequestBodies::unavailable)) {
            return read(request, maxBytes, budgets.suspects());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private static ProblemException unavailable() {
        return new ProblemException(Problem.unavailable());
    }

    /**
     * The body as JSON of {@code type}.
     *
     * @throws ProblemException when it is not such JSON, of which {@code expected} is an example, or longer than {@code
     * maxBytes}
     */
    public static <T> T json(Context request, int maxBytes, Class<T> type, String expected) {
        return json(read(request, maxBytes), type, expected);
    }

    /** As {@link #json}; empty without a body. */
    public static <T> Optional<T> jsonIfAny(Context request, int maxBytes, Class<T> type, String expected) {
        byte[] body = read(request, maxBytes);
        return body.length == 0 ? Optional.empty() : Optional.of(json(body, type, expected));
    }

    private static <T> T json(byte[] body, Class<T> type, String expected) {
        try {
            T value = JSON.readValue(body, type);
            if (value != null) {
                return value;
            }
        } catch (IOException e) {
            // The message below covers both, and does not quote the body.
        }
        throw new ProblemException(Problem.malformed("the body is not JSON such as " + expected));
    }

    private static byte[] read(Context request, int maxBytes, BodyBudget budget) {
        BodyBudget.Lease lease = budget.begin();
        request.attribute(LEASE, lease);
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(request.req()), _ -> lease.release());
        byte[] body;
        try {
            InputStream in = request.bodyInputStream();
            boolean announcedTooLarge = request.req().getContentLengthLong() > maxBytes;
            body = announcedTooLarge ? new byte[0] : receive(in, maxBytes, lease);
            if (announcedTooLarge || body.length > maxBytes) {
                drain(in);
                throw new ProblemException(Problem.tooLarge(maxBytes));
            }
        } catch (IOException e) {
            throw new ProblemException(lease.refusal().orElse(Problem.malformed("the body is incomplete")));
        } finally {
            lease.endReading();
        }
        lease.refusal().ifPresent(refusal -> {
            throw new ProblemException(refusal);
        });
        return body;
    }

    /** The body is not needed any more, though its answer may take long to be read. */
    static void release(Context request) {
        BodyBudget.Lease lease = request.attribute(LEASE);
        if (lease != null) {
            lease.release();
        }
    }

    /** At most one byte more than {@code maxBytes}. Grows with bytes received, not announced. */
    private static byte[] receive(InputStream in, int maxBytes, BodyBudget.Lease lease) throws IOException {
        int most = maxBytes + 1;
        int begun = Math.min(UNCOUNTED_BYTES, most);
        byte[] beginning = in.readNBytes(begun);
        if (beginning.length < begun) {
            return beginning;
        }
        var chunks = new ArrayList<byte[]>();
        int length = begun;
        int wanted;
        int read;
        do {
            byte[] chunk = lease.takeChunk();
            chunks.add(chunk);
            wanted = Math.min(chunk.length, most - length);
            read = in.readNBytes(chunk, 0, wanted);
            length += read;
        } while (read == wanted && length < most);
        byte[] body = Arrays.copyOf(beginning, length);
        int copied = begun;
        for (byte[] chunk : chunks) {
            int bytes = Math.min(chunk.length, length - copied);
            System.arraycopy(chunk, 0, body, copied, bytes);
            copied += bytes;
        }
        return body;
    }

    /** Closing a connection with unread bytes resets it, and the caller may lose the response that says why. */
    private static void drain(InputStream in) throws IOException {
        byte[] thrownAway = new byte[8 * 1024];
        for (int left = MAX_DRAINED_BYTES; left > 0; ) {
            int read = in.read(thrownAway);
            if (read < 0) {
                return;
            }
            left -= read;
        }
    }
}

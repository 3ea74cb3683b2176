package com.threadly.pusherserver;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Applies a {@link Fault} to a request. */
final class FaultyAnswer {

    private static final int ANNOUNCED_BYTES = 64;

    private FaultyAnswer() {}

    static void give(Context context, Faults.Taken taken) throws IOException, InterruptedException {
        give(context, taken.fault(), taken.released());
    }

    private static void give(Context context, Fault fault, CountDownLatch released)
            throws IOException, InterruptedException {
        switch (fault) {
            case Fault.Status(int status, Duration retryAfter) -> {
                if (retryAfter != null) {
                    context.header(Header.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
                }
                context.status(status).result("A fault switch asked for this response");
            }
            case Fault.Hang() -> {
                released.await();
                context.status(503).result("This request hung until the fault switches were changed");
            }
            case Fault.NotJson(int status) ->
                context.status(status).html("<html><body>A proxy's page, not the API's answer</body></html>");
            case Fault.HalfAnswer() -> breakOff(context);
            case Fault.DeliverThenFail(Fault then) -> give(context, then, released);
        }
    }

    /** Announces more bytes than it sends, which forces the server to close the connection. */
    private static void breakOff(Context context) throws IOException {
        context.contentType("application/json");
        context.res().setContentLength(ANNOUNCED_BYTES);
        context.res().getOutputStream().write('{');
        context.res().flushBuffer();
    }
}

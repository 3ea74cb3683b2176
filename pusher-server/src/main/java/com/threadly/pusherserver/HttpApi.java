package com.threadly.pusherserver;

import com.threadly.pusherserver.EventRequests.Parsed;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The signed HTTP API under {@code /apps/{appId}}: access, the order of its steps, the form of responses. */
final class HttpApi {

    private static final byte[] OK = "{}".getBytes(StandardCharsets.UTF_8);

    private final PusherApp app;
    private final RequestSignature signature;
    private final EventRequests eventRequests;
    private final Channels channels;
    private final ChannelQueries queries;
    private final Faults faults;
    private final Counters counters;

    HttpApi(
            PusherApp app,
            RequestSignature signature,
            EventRequests eventRequests,
            Channels channels,
            Faults faults,
            Counters counters) {
        this.app = app;
        this.signature = signature;
        this.eventRequests = eventRequests;
        this.channels = channels;
        this.queries = new ChannelQueries(channels);
        this.faults = faults;
        this.counters = counters;
    }

    /** Handles a request that is known to be genuine and has no fault. */
    private interface Action {
        Map<String, ?> run(Context context, Map<String, String> query, byte[] body);
    }

    void addTo(RoutesConfig routes) {
        routes.post("/apps/{appId}/events", handler((context, query, body) -> trigger(eventRequests.trigger(body))));
        routes.post("/apps/{appId}/batch_events", handler((context, query, body) -> batch(eventRequests.batch(body))));
        routes.get("/apps/{appId}/channels", handler((context, query, body) -> queries.channels(query)));
        routes.get(
                "/apps/{appId}/channels/{name}",
                handler((context, query, body) -> queries.channel(context.pathParam("name"), query)));
        routes.get(
                "/apps/{appId}/channels/{name}/users",
                handler((context, query, body) -> queries.users(context.pathParam("name"))));
        routes.exception(ApiException.class, this::refuse);
    }

    private Handler handler(Action action) {
        return context -> {
            counters.requests.increment();
            Map<String, String> query = query(context);
            byte[] body = context.bodyAsBytes();
            authenticate(context, query, body);
            Optional<Faults.Taken> fault = faults.take();
            if (fault.isPresent()) {
                answerFaulty(context, fault.get(), () -> action.run(context, query, body));
            } else {
                answer(context, action.run(context, query, body));
            }
        };
    }

    private void authenticate(Context context, Map<String, String> query, byte[] body) {
        if (!app.id().equals(context.pathParam("appId"))) {
            throw new ApiException(404, "Unknown app");
        }
        signature.verify(context.req().getMethod(), decodedPath(context), query, body);
    }

    private void answer(Context context, Map<String, ?> answer) throws InterruptedException {
        waitAsSet();
        if (answer.isEmpty()) {
            context.contentType("application/json").result(OK);
        } else {
            context.json(answer);
        }
    }

    private void answerFaulty(Context context, Faults.Taken taken, Runnable action)
            throws IOException, InterruptedException {
        Fault fault = taken.fault();
        if (delivers(fault)) {
            action.run();
        }
        if (fault instanceof Fault.DeliverThenFail || !delivers(fault)) {
            counters.errors.increment();
        }
        waitAsSet();
        FaultyAnswer.give(context, taken);
    }

    private static boolean delivers(Fault fault) {
        return switch (fault) {
            case Fault.DeliverThenFail _ -> true;
            case Fault.NotJson(int status) -> isSuccess(status);
            case Fault.Status(int status, var _) -> isSuccess(status);
            case Fault.Hang(), Fault.HalfAnswer() -> false;
        };
    }

    private void waitAsSet() throws InterruptedException {
        Duration delay = faults.delay();
        if (!delay.isZero()) {
            Thread.sleep(delay);
        }
    }

    private Map<String, ?> trigger(Parsed request) {
        deliver(request.events());
        return queries.attributesAfterTrigger(request);
    }

    private Map<String, ?> batch(Parsed request) {
        deliver(request.events());
        counters.batches.increment();
        counters.batchSizeSum.add(request.events().size());
        return queries.attributesAfterBatch(request);
    }

    private void deliver(List<Event> events) {
        for (Event event : events) {
            faults.rejection(event).ifPresent(status -> {
                throw new ApiException(status, "An event has the marker that a fault switch rejects");
            });
        }
        events.forEach(channels::publish);
        counters.eventsReceived.add(events.size());
    }

    private void refuse(ApiException refusal, Context context) {
        counters.errors.increment();
        context.status(refusal.status()).contentType("text/plain").result(String.valueOf(refusal.getMessage()));
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private static Map<String, String> query(Context context) {
        var query = new HashMap<String, String>();
        context.queryParamMap().forEach((name, values) -> query.put(name, values.getFirst()));
        return query;
    }

    /** Clients sign the path before they percent-encode it. */
    private static String decodedPath(Context context) {
        String path = context.path();
        // In a path, a plus sign is not a space.
        return path.indexOf('%') < 0 ? path : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}

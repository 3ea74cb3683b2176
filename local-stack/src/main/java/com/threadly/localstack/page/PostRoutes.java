package com.threadly.localstack.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles what people do on the page: checks each request, passes it on, and answers 202 or a problem. */
final class PostRoutes {

    private static final Logger log = LoggerFactory.getLogger(PostRoutes.class);

    private final Requests requests;
    private final SampleServices services;

    PostRoutes(Requests requests, SampleServices services) {
        this.requests = requests;
        this.services = services;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/messages", this::message)
                .post("/order/next", this::nextOrderStatus)
                .exception(PageProblem.Refusal.class, (refusal, context) -> answer(context, refusal.problem()))
                .exception(HttpResponseException.class, this::refusedByServer)
                .exception(Exception.class, this::failed);
    }

    private void message(Context context) {
        Requests.Message message = requests.message(body(context));
        context.status(202)
                .json(services.message(message.from(), message.text(), message.draftId(), message.socketId()));
    }

    private void nextOrderStatus(Context context) {
        body(context);
        services.nextOrderStatus();
        context.status(202);
    }

    /** A form on another site cannot send this media type, so it cannot act for these people. */
    private static byte[] body(Context context) {
        String mediaType = context.contentType();
        if (mediaType == null || !mediaType.startsWith("application/json")) {
            throw new PageProblem.Refusal("Unsupported Media Type", 415, "send application/json");
        }
        return context.bodyAsBytes();
    }

    private void refusedByServer(HttpResponseException refusal, Context context) {
        String reason = refusal.getMessage() == null ? "refused" : refusal.getMessage();
        answer(context, new PageProblem("Request refused", refusal.getStatus(), reason));
    }

    private void failed(Exception failure, Context context) {
        log.atError()
                .addKeyValue("path", context.path())
                .setCause(failure)
                .log("The live page could not complete a request");
        answer(context, new PageProblem("Internal Server Error", 500, "the event could not be published"));
    }

    private static void answer(Context context, PageProblem problem) {
        context.status(problem.status()).json(problem).contentType(PageProblem.MEDIA_TYPE);
    }
}

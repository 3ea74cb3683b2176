package com.threadly.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.payload.JsonMappers;
import com.threadly.runtime.http.Problem;
import com.threadly.runtime.retry.UnavailableException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns any failure of a request into a problem that shows no internals. */
final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final ObjectMapper JSON = JsonMappers.builder().build();

    private Problems() {}

    static void register(RoutesConfig routes) {
        routes.exception(ProblemException.class, (e, exchange) -> answer(exchange, e.problem()));
        routes.exception(UnavailableException.class, (e, exchange) -> answer(exchange, Problem.unavailable()));
        routes.exception(HttpResponseException.class, (e, exchange) -> answer(exchange, ofJavalin(e.getStatus())));
        routes.exception(Exception.class, (e, exchange) -> {
            log.atError()
                    .addKeyValue("path", exchange.endpoint().path)
                    .setCause(e)
                    .log("request failed");
            answer(exchange, Problem.internal());
        });
    }

    /** Requests that Javalin itself rejects: unknown paths and methods, and unreadable requests. */
    private static Problem ofJavalin(int status) {
        return switch (status) {
            case 404, 405 -> Problem.notFound();
            default -> Problem.malformed("the request cannot be read");
        };
    }

    /** Requests that never reach Javalin, such as ambiguous paths: Jetty would answer with its own page. */
    static boolean ofJetty(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        var problem = new Problem(status, HttpStatus.getMessage(status), "the request cannot be read");
        Content.Sink.write(response, true, new String(json(problem), StandardCharsets.UTF_8), callback);
        return true;
    }

    private static void answer(Context exchange, Problem problem) {
        if (problem.status() == 401) {
            exchange.header(Header.WWW_AUTHENTICATE, "Bearer");
        }
        if (problem.retryAfter().isPositive()) {
            long seconds = problem.retryAfter().plusMillis(999).toSeconds();
            exchange.header(Header.RETRY_AFTER, Long.toString(seconds));
        }
        exchange.status(problem.status());
        Answers.put(exchange, Problem.CONTENT_TYPE, json(problem));
    }

    private static byte[] json(Problem problem) {
        try {
            return JSON.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is three texts and a number", e);
        }
    }
}

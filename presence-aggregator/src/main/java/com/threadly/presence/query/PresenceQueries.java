package com.threadly.presence.query;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.threadly.events.InvalidFieldException;
import com.threadly.presence.streams.Place;
import com.threadly.presence.streams.Places;
import com.threadly.presence.users.UserTimes;
import com.threadly.presence.viewers.Times;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Answers questions from the state of this process, or passes them on to the one that has it: any may be asked. */
public final class PresenceQueries implements HttpHandler, AutoCloseable {

    public static final String PATH = "/presence/";

    private final Questions questions;
    private final Places places;
    private final Clock clock;
    private final Neighbours neighbours = new Neighbours();

    public PresenceQueries(Times times, UserTimes userTimes, Places places, Clock clock) {
        this.questions = new Questions(times, userTimes);
        this.places = places;
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange) {
        if (!exchange.getRequestMethod().equals("GET")) {
            return Answer.notAllowed();
        }
        URI address = exchange.getRequestURI();
        try {
            Optional<Question> question = questions.of(address);
            if (question.isEmpty()) {
                return Answer.notFound("there is no such thing, or it is a channel whose viewers are not counted");
            }
            boolean passedOn = exchange.getRequestHeaders().containsKey(Neighbours.PASSED_ON);
            return answer(question.get(), address, passedOn);
        } catch (InvalidFieldException e) {
            return Answer.malformed(String.valueOf(e.getMessage()));
        } catch (InvalidStateStoreException e) {
            return Answer.unavailable("the state has just moved");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.unavailable("the process ends");
        }
    }

    private Answer answer(Question question, URI address, boolean passedOn) throws InterruptedException {
        return switch (question.place(places)) {
            case Place.Here here -> question.answer(here, clock.millis());
            case Place.There _ when passedOn -> Answer.unavailable("the state has just moved");
            case Place.There there -> neighbours.ask(there.host(), address);
            case Place.Nowhere nowhere -> Answer.unavailable(nowhere.reason());
        };
    }

    @Override
    public void close() {
        neighbours.close();
    }
}

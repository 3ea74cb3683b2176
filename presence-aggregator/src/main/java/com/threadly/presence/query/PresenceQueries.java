package com.threadly.presence.query;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.threadly.events.InvalidFieldException;
import com.threadly.presence.streams.StateLocation;
import com.threadly.presence.streams.StateLocator;
import com.threadly.presence.users.UserSnapshot;
import com.threadly.presence.viewers.ViewerTimings;
import com.threadly.runtime.http.Problem;
import com.threadly.runtime.retry.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/**
 * Answers queries from the state of this process, or forwards them to the process that has it: any process can be
 * asked.
 */
public final class PresenceQueries implements HttpHandler, AutoCloseable {

    public static final String PATH = "/presence/";

    private final PresenceQueryParser questions;
    private final StateLocator locator;
    private final PeerClient peers = new PeerClient();

    public PresenceQueries(ViewerTimings times, StateLocator locator) {
        this.questions = new PresenceQueryParser(times);
        this.locator = locator;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            PresenceResponse answer = answer(exchange);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private PresenceResponse answer(HttpExchange exchange) {
        if (!exchange.getRequestMethod().equals("GET")) {
            return PresenceResponse.of(Problem.methodNotAllowed("only GET is supported"));
        }
        URI address = exchange.getRequestURI();
        try {
            Optional<PresenceQuery> question = questions.of(address);
            if (question.isEmpty()) {
                return PresenceResponse.of(Problem.notFound("not found, or a channel whose viewers are not counted"));
            }
            boolean passedOn = exchange.getRequestHeaders().containsKey(PeerClient.PASSED_ON);
            return answer(question.get(), address, passedOn);
        } catch (InvalidFieldException e) {
            return PresenceResponse.of(Problem.malformed(String.valueOf(e.getMessage())));
        } catch (InvalidStateStoreException e) {
            return PresenceResponse.of(Problem.unavailable("the state has just moved"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return PresenceResponse.of(Problem.unavailable("the process is shutting down"));
        }
    }

    private PresenceResponse answer(PresenceQuery question, URI address, boolean passedOn) throws InterruptedException {
        return switch (question.place(locator)) {
            case StateLocation.Local here -> question.answer(here);
            case StateLocation.Remote _
            when passedOn -> PresenceResponse.of(Problem.unavailable("the state has just moved"));
            case StateLocation.Remote there -> peers.ask(there.host(), address);
            case StateLocation.Unknown nowhere -> PresenceResponse.of(Problem.unavailable(nowhere.reason()));
        };
    }

    /** The status of a user, from the process that has it; empty for users never seen, or forgotten. */
    public Optional<UserSnapshot> statusOf(String userId) throws UnavailableException {
        try {
            return switch (locator.ofUser(userId)) {
                case StateLocation.Local here -> UserSnapshot.of(userId, here.store());
                case StateLocation.Remote there ->
                    UserResponse.read(peers.ask(there.host(), URI.create(PresenceQueryParser.USERS + userId)));
                case StateLocation.Unknown nowhere -> throw new UnavailableException(nowhere.reason());
            };
        } catch (InvalidStateStoreException e) {
            throw new UnavailableException("the state has just moved", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the process is shutting down", e);
        }
    }

    @Override
    public void close() {
        peers.close();
    }
}

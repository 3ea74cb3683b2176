package com.threadly.gateway.activity;

import com.threadly.events.Topics;
import com.threadly.events.TypingChanged;
import com.threadly.gateway.access.Access;
import com.threadly.gateway.http.ProblemException;
import com.threadly.gateway.http.RequestBodies;
import com.threadly.gateway.identity.Authenticator;
import com.threadly.gateway.identity.User;
import com.threadly.gateway.publishing.EventSink;
import com.threadly.gateway.publishing.OutgoingEvent;
import com.threadly.runtime.http.Problem;
import com.threadly.runtime.retry.UnavailableException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/conversations/{id}/typing}: a participant started or stopped typing. */
public final class TypingRoute implements Handler {

    private static final int MAX_BODY_BYTES = 1024;

    private record Body(@Nullable Boolean isTyping) {}

    private final Authenticator authenticator;
    private final Access access;
    private final EventSink sink;
    private final Clock clock;

    public TypingRoute(Authenticator authenticator, Access access, EventSink sink, Clock clock) {
        this.authenticator = authenticator;
        this.access = access;
        this.sink = sink;
        this.clock = clock;
    }

    @Override
    public void handle(Context exchange) throws UnavailableException {
        User user = authenticator.user(exchange);
        String conversationId = exchange.pathParam("id");
        Boolean typing = RequestBodies.json(exchange, MAX_BODY_BYTES, Body.class, "{\"isTyping\": true}")
                .isTyping();
        if (typing == null) {
            throw new ProblemException(Problem.malformed("isTyping is missing"));
        }
        try (var _ = authenticator.turn(user, 1)) {
            publish(user, conversationId, typing);
        }
        exchange.status(204);
    }

    private void publish(User user, String conversationId, boolean typing) throws UnavailableException {
        if (!access.participates(user, conversationId)) {
            throw new ProblemException(Problem.forbidden("this conversation is not yours"));
        }
        sink.append(List.of(new OutgoingEvent<>(
                Topics.TYPING_EVENTS,
                TypingChanged.newBuilder()
                        .setEventId(UUID.randomUUID())
                        .setOccurredAt(clock.instant())
                        .setConversationId(conversationId)
                        .setUserId(user.id())
                        .setTyping(typing)
                        .build())));
    }
}

package com.threadly.gateway.channels;

import com.pusher.rest.Pusher;
import com.pusher.rest.data.PresenceUser;
import com.threadly.gateway.channels.Decision.Allowed;
import com.threadly.gateway.channels.Decision.Reason;
import com.threadly.gateway.channels.Decision.Refused;
import com.threadly.gateway.http.Bodies;
import com.threadly.gateway.http.Problem;
import com.threadly.gateway.http.ProblemException;
import com.threadly.gateway.identity.Identities;
import com.threadly.gateway.identity.User;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /pusher/auth}: may the bearer of this token subscribe to that channel? */
public final class ChannelAuthorization implements Handler {

    private static final int MAX_BODY_BYTES = 8 * 1024;
    private static final String SCHEME = "bearer ";

    private final Identities identities;
    private final Pusher pusher;
    private final MeterRegistry metrics;

    public ChannelAuthorization(Identities identities, Pusher pusher, MeterRegistry metrics) {
        this.identities = identities;
        this.pusher = pusher;
        this.metrics = metrics;
    }

    @Override
    public void handle(Context exchange) {
        User user = bearer(exchange.header(Header.AUTHORIZATION)).orElseThrow(this::unauthenticated);
        var request = ChannelRequest.parse(exchange.contentType(), Bodies.read(exchange, MAX_BODY_BYTES));
        switch (ChannelRules.decide(user, request.channel())) {
            case Allowed _ -> {
                count("allowed");
                exchange.contentType("application/json").result(answer(user, request));
            }
            case Refused(Reason reason) -> {
                count(reason.name().toLowerCase(Locale.ROOT));
                throw new ProblemException(problem(reason));
            }
        }
    }

    private Optional<User> bearer(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? identities.whoIs(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private String answer(User user, ChannelRequest request) {
        return request.channel().startsWith("presence-")
                ? pusher.authenticate(
                        request.socketId(), request.channel(), new PresenceUser(user.id(), Map.of("name", user.name())))
                : pusher.authenticate(request.socketId(), request.channel());
    }

    private ProblemException unauthenticated() {
        count("unauthenticated");
        return new ProblemException(Problem.unauthenticated("send a valid token: Authorization: Bearer <token>"));
    }

    private static Problem problem(Reason reason) {
        return switch (reason) {
            case NOT_YOURS -> Problem.forbidden("this channel is not yours");
            case UNKNOWN -> Problem.forbidden("there is no such channel");
            case PUBLIC -> Problem.malformed("this channel is public and needs no authorization");
        };
    }

    private void count(String decision) {
        metrics.counter("threadly.gateway.authorizations", "decision", decision).increment();
    }
}

package com.threadly.gateway.identity;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.gateway.http.ProblemException;
import com.threadly.gateway.http.RequestHeaders;
import com.threadly.gateway.limits.RateLimit;
import com.threadly.gateway.limits.Turns;
import com.threadly.gateway.limits.Turns.Turn;
import com.threadly.runtime.http.Problem;
import com.threadly.runtime.retry.UnavailableException;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Authenticates a request by its bearer token, within the user's rate limit. */
public final class Authenticator {

    private static final String SCHEME = "bearer ";

    /** Ten requests in a row, of one item each, by default: a page that is being opened. */
    private static final int LITTLE_PERCENT = 10;

    private final TokenVerifier identities;
    private final RateLimit limit;
    private final Turns turns;
    private final Counter refused;
    private final Counter crowdedOut;

    /** @param turns of requests of users who have spent much of their {@code limit} */
    public Authenticator(TokenVerifier identities, RateLimit limit, Turns turns, MeterRegistry metrics) {
        this.identities = identities;
        this.limit = limit;
        this.turns = turns;
        this.crowdedOut = metrics.counter("threadly.gateway.crowded.out");
        this.refused = metrics.counter("threadly.gateway.unauthenticated");
    }

    /**
     * The authenticated user.
     *
     * @throws ProblemException when there is no valid token, no channel can carry its user's id, or the user's rate
     *     limit is exceeded
     * @throws UnavailableException when the token cannot be verified now
     */
    public User user(Context exchange) throws UnavailableException {
        User user = bearer(RequestHeaders.only(exchange, Header.AUTHORIZATION)).orElseThrow(this::unauthenticated);
        requireUsable(user.id());
        require(limit.count(user.id()));
        return user;
    }

    /**
     * Counts the channels or ids of a request, of which {@link #user} has counted one: otherwise a hundred in one
     * request would cost as little as one. Then waits until the request may begin to ask the database or Kafka: at once,
     * unless the user has spent more than a little of their limit.
     *
     * @throws ProblemException when the user's rate limit is exceeded, or those who have spent less were first for too
     *     long
     */
    public Turn turn(User user, int items) {
        require(limit.countMore(user.id(), items - 1));
        int spent = limit.spentPercent(user.id());
        if (spent <= LITTLE_PERCENT) {
            return Turn.NOT_NEEDED;
        }
        try {
            return turns.await(spent).orElseThrow(this::crowdedOut);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw crowdedOut();
        }
    }

    private ProblemException crowdedOut() {
        crowdedOut.increment();
        // The gateway has no trouble, and would answer others.
        return new ProblemException(Problem.tooMany(Turns.MAX_WAIT));
    }

    private static void require(Optional<Duration> wait) {
        if (wait.isPresent()) {
            throw new ProblemException(Problem.tooMany(wait.get()));
        }
    }

    /** Of any other id, every event would become a dead letter, and no channel could be subscribed to. */
    private static void requireUsable(String id) {
        try {
            var _ = ChannelNames.user("sub", id);
        } catch (InvalidFieldException e) {
            throw new ProblemException(Problem.forbidden(
                    "the token's " + e.getMessage() + "; have its issuer use ids of A-Z a-z 0-9 _ - = @ , . ; as sub"));
        }
    }

    private Optional<User> bearer(@Nullable String header) throws UnavailableException {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? identities.whoIs(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private ProblemException unauthenticated() {
        refused.increment();
        return new ProblemException(Problem.unauthenticated("send a valid token: Authorization: Bearer <token>"));
    }
}

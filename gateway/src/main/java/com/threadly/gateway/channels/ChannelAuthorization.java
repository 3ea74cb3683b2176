package com.threadly.gateway.channels;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.threadly.events.ChannelNames;
import com.threadly.gateway.channels.ChannelDecision.Allowed;
import com.threadly.gateway.channels.ChannelDecision.Reason;
import com.threadly.gateway.channels.ChannelDecision.Refused;
import com.threadly.gateway.http.ProblemException;
import com.threadly.gateway.http.RequestBodies;
import com.threadly.gateway.identity.Authenticator;
import com.threadly.gateway.identity.User;
import com.threadly.gateway.limits.DistinctQuota;
import com.threadly.payload.Payloads;
import com.threadly.runtime.http.Problem;
import com.threadly.runtime.retry.UnavailableException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code POST /pusher/auth}: authorizes the token's user for one channel, or for each of several. */
public final class ChannelAuthorization implements Handler {

    /** A hundred long names in a form. */
    private static final int MAX_BODY_BYTES = 48 * 1024;

    /** The result for one channel of a batch. */
    private record Answer(
            int status,

            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonRawValue @Nullable
            String data) {}

    private final Authenticator authenticator;
    private final ChannelRules rules;
    private final DistinctQuota quota;
    private final ChannelSigner signer;
    private final MeterRegistry metrics;

    public ChannelAuthorization(
            Authenticator authenticator,
            ChannelRules rules,
            DistinctQuota quota,
            ChannelSigner signer,
            MeterRegistry metrics) {
        this.authenticator = authenticator;
        this.rules = rules;
        this.quota = quota;
        this.signer = signer;
        this.metrics = metrics;
    }

    @Override
    public void handle(Context exchange) throws UnavailableException {
        User user = authenticator.user(exchange);
        var request = ChannelRequest.parse(exchange.contentType(), RequestBodies.read(exchange, MAX_BODY_BYTES));
        authenticator.weigh(user, request.channels().size());
        Map<String, ChannelDecision> decisions = decide(user, request.channels());
        Map<String, String> moved = rules.moved(user, allowed(decisions));
        String answer = request.batch()
                ? ofEach(request, user, decisions, moved)
                : ofOne(request, user, request.channels().getFirst(), decisions, moved);
        exchange.contentType("application/json").result(answer);
    }

    private static Set<String> allowed(Map<String, ChannelDecision> decisions) {
        return decisions.entrySet().stream()
                .filter(decision -> decision.getValue() instanceof Allowed)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private String ofOne(
            ChannelRequest request,
            User user,
            String channel,
            Map<String, ChannelDecision> decisions,
            Map<String, String> moved) {
        return switch (Objects.requireNonNull(decisions.get(channel))) {
            case Allowed _ -> signer.channel(request.socketId(), channel, user, moved.get(channel));
            case Refused(Reason reason) -> throw new ProblemException(problem(reason));
        };
    }

    private String ofEach(
            ChannelRequest request, User user, Map<String, ChannelDecision> decisions, Map<String, String> moved) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        decisions.forEach((channel, decision) -> answers.put(
                channel,
                switch (decision) {
                    case Allowed _ ->
                        new Answer(200, signer.channel(request.socketId(), channel, user, moved.get(channel)));
                    case Refused(Reason reason) -> new Answer(problem(reason).status(), null);
                }));
        return Payloads.json(answers);
    }

    private Map<String, ChannelDecision> decide(User user, List<String> channels) throws UnavailableException {
        Map<String, ChannelDecision> decisions = rules.decide(user, channels);
        decisions.replaceAll((channel, decision) -> within(user, channel, decision));
        decisions.values().forEach(decision -> {
            String outcome = switch (decision) {
                case Allowed _ -> "allowed";
                case Refused(Reason reason) -> reason.name().toLowerCase(Locale.ROOT);
            };
            metrics.counter("threadly.gateway.authorizations", "decision", outcome)
                    .increment();
        });
        return decisions;
    }

    /** Presence channels belong to nobody, so only their number limits a user. */
    private ChannelDecision within(User user, String channel, ChannelDecision decision) {
        return decision instanceof Allowed
                        && ChannelNames.isPresence(channel)
                        && !quota.admits(user.id(), Set.of(channel))
                ? new Refused(Reason.TOO_MANY)
                : decision;
    }

    private static Problem problem(Reason reason) {
        return switch (reason) {
            case NOT_YOURS -> Problem.forbidden("this channel is not yours");
            case TOO_MANY -> Problem.tooMany(DistinctQuota.RETRY_AFTER);
            case UNKNOWN -> Problem.forbidden("there is no such channel");
            case PUBLIC -> Problem.malformed("this channel is public and needs no authorization");
            case MALFORMED ->
                Problem.malformed("channel_name is empty, too long, or has a character that no channel name may have");
        };
    }
}

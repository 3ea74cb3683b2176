package com.threadly.gateway.channels;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.threadly.events.ChannelNames;
import com.threadly.gateway.channels.ChannelDecision.Allowed;
import com.threadly.gateway.channels.ChannelDecision.Reason;
import com.threadly.gateway.channels.ChannelDecision.Refused;
import com.threadly.gateway.http.Answers;
import com.threadly.gateway.http.ProblemException;
import com.threadly.gateway.http.RequestBodies;
import com.threadly.gateway.identity.Authenticator;
import com.threadly.gateway.identity.User;
import com.threadly.gateway.limits.DistinctQuota;
import com.threadly.gateway.privacy.PresenceNames;
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
import java.util.Optional;
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
            String data,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String detail) {

        static Answer allowed(String data) {
            return new Answer(200, data, null);
        }

        static Answer refused(Problem problem) {
            return new Answer(problem.status(), null, problem.detail());
        }
    }

    private final Authenticator authenticator;
    private final ChannelRules rules;
    private final DistinctQuota quota;
    private final PresenceNames names;
    private final ChannelSigner signer;
    private final MeterRegistry metrics;

    public ChannelAuthorization(
            Authenticator authenticator,
            ChannelRules rules,
            DistinctQuota quota,
            PresenceNames names,
            ChannelSigner signer,
            MeterRegistry metrics) {
        this.authenticator = authenticator;
        this.rules = rules;
        this.quota = quota;
        this.names = names;
        this.signer = signer;
        this.metrics = metrics;
    }

    @Override
    public void handle(Context exchange) throws UnavailableException {
        User user = authenticator.user(exchange);
        var request = ChannelRequest.parse(exchange.contentType(), RequestBodies.read(exchange, MAX_BODY_BYTES));
        try (var _ = authenticator.turn(user, request.channels().size())) {
            Map<String, ChannelDecision> decisions = decide(user, request.channels());
            Map<String, String> moved = rules.moved(user, allowed(decisions));
            String answer = request.batch()
                    ? ofEach(request, decisions, moved)
                    : ofOne(request, request.channels().getFirst(), decisions, moved);
            Answers.json(exchange, answer);
        }
    }

    private static Set<String> allowed(Map<String, ChannelDecision> decisions) {
        return decisions.entrySet().stream()
                .filter(decision -> decision.getValue() instanceof Allowed)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private String ofOne(
            ChannelRequest request, String channel, Map<String, ChannelDecision> decisions, Map<String, String> moved) {
        return switch (Objects.requireNonNull(decisions.get(channel))) {
            case Allowed allowed -> signed(allowed, request.socketId(), channel, moved);
            case Refused(Reason reason) -> throw new ProblemException(problem(reason));
        };
    }

    private String signed(Allowed allowed, String socketId, String channel, Map<String, String> moved) {
        return allowed.member()
                .map(member -> signer.presence(socketId, channel, member))
                .orElseGet(() -> signer.channel(socketId, channel, moved.get(channel)));
    }

    private String ofEach(ChannelRequest request, Map<String, ChannelDecision> decisions, Map<String, String> moved) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        decisions.forEach((channel, decision) -> answers.put(
                channel,
                switch (decision) {
                    case Allowed allowed -> Answer.allowed(signed(allowed, request.socketId(), channel, moved));
                    case Refused(Reason reason) -> Answer.refused(problem(reason));
                }));
        return Payloads.json(answers);
    }

    private Map<String, ChannelDecision> decide(User user, List<String> channels) throws UnavailableException {
        Map<String, ChannelDecision> decisions = rules.decide(user, channels);
        if (decisions.keySet().stream().anyMatch(ChannelNames::isPresence)) {
            boolean offline = names.appearsOffline(user);
            decisions.replaceAll((channel, decision) -> within(user, offline, channel, decision));
        }
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

    /**
     * Presence channels belong to nobody, so only their number limits a user. One with the channel of its counts is one.
     */
    private ChannelDecision within(User user, boolean offline, String channel, ChannelDecision decision) {
        String presence = ChannelNames.viewedBy(channel).orElse(channel);
        if (!(decision instanceof Allowed) || !ChannelNames.isPresence(presence)) {
            return decision;
        }
        if (presence.equals(channel) && !names.admits(channel, user, offline)) {
            return new Refused(Reason.NO_MEMBERS);
        }
        if (!quota.admits(user.id(), Set.of(presence))) {
            return new Refused(Reason.TOO_MANY);
        }
        return presence.equals(channel)
                ? names.member(channel, user, offline)
                        .<ChannelDecision>map(member -> new Allowed(Optional.of(member)))
                        .orElse(new Refused(Reason.NO_PSEUDONYM))
                : decision;
    }

    private static Problem problem(Reason reason) {
        return switch (reason) {
            case NOT_YOURS -> Problem.forbidden("this channel is not yours");
            case TOO_MANY -> Problem.tooMany(DistinctQuota.RETRY_AFTER);
            case NO_MEMBERS ->
                Problem.forbidden("you are shown to nobody here, so you are no member of this channel; counts are on "
                        + ChannelNames.VIEWERS_PREFIX + "…");
            case NO_PSEUDONYM -> Problem.forbidden("your id is too long for a pseudonym");
            case UNKNOWN -> Problem.forbidden("there is no such channel");
            case PUBLIC -> Problem.malformed("this channel is public and needs no authorization");
            case MALFORMED ->
                Problem.malformed("channel_name is empty, too long, or has a character that no channel name may have");
        };
    }
}

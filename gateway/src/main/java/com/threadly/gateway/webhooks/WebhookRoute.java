package com.threadly.gateway.webhooks;

import com.threadly.events.ChannelNames;
import com.threadly.events.PresenceChanged;
import com.threadly.events.TypingChanged;
import com.threadly.gateway.http.ClientAddresses;
import com.threadly.gateway.http.ProblemException;
import com.threadly.gateway.http.RequestBodies;
import com.threadly.gateway.http.RequestHeaders;
import com.threadly.gateway.limits.RateLimit;
import com.threadly.gateway.privacy.PresenceNames;
import com.threadly.gateway.publishing.EventSink;
import com.threadly.gateway.publishing.OutgoingEvent;
import com.threadly.runtime.http.Problem;
import com.threadly.runtime.retry.UnavailableException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /pusher/webhooks}: answers 200 only when every event is stored. Pusher repeats other webhooks. */
public final class WebhookRoute implements Handler {

    /** Twenty client events of 10 KiB, plus the escapes of JSON in JSON. */
    private static final int MAX_BODY_BYTES = 512 * 1024;

    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(1);

    /** Refused ones per address, which Pusher's own may come from, too. */
    public static final int MAX_FAILURES_PER_SECOND = 10;

    /** Who may be shown as typing. */
    @FunctionalInterface
    public interface Participants {

        /** Whether the user may, on the {@code channel} that the client event came on. */
        boolean includes(String userId, String channel) throws UnavailableException;
    }

    private final RateLimit failures;
    private final WebhookSignature signature;
    private final Duration maxAge;
    private final Participants participants;
    private final PresenceNames names;
    private final EventSink sink;
    private final Clock clock;
    private final MeterRegistry metrics;

    /**
     * The route.
     *
     * @param maxAge older ones count as replays
     * @param failures of each address
     * @param participants who may be shown as typing
     * @param names of members of presence channels
     */
    public WebhookRoute(
            WebhookSignature signature,
            Duration maxAge,
            RateLimit failures,
            Participants participants,
            PresenceNames names,
            EventSink sink,
            Clock clock,
            MeterRegistry metrics) {
        this.signature = signature;
        this.failures = failures;
        this.maxAge = maxAge;
        this.participants = participants;
        this.names = names;
        this.clock = clock;
        this.sink = sink;
        this.metrics = metrics;
    }

    @Override
    public void handle(Context exchange) throws UnavailableException {
        String address = ClientAddresses.of(exchange);
        // Counted in advance, or any number could hang at a time before the first one has failed.
        Optional<Duration> wait = failures.count(address);
        boolean failed = false;
        try {
            store(genuine(exchange, wait.isPresent()));
        } catch (ProblemException e) {
            failed = true;
            throw wait.map(time -> new ProblemException(Problem.tooMany(time))).orElse(e);
        } finally {
            if (!failed && wait.isEmpty()) {
                failures.giveBack(address);
            }
        }
        exchange.status(200);
    }

    /**
     * The verified body. Reads no body of a request that cannot be Pusher's. Where too many are forged, Pusher's own
     * still pass: only the memory for their bodies is less.
     */
    private byte[] genuine(Context exchange, boolean suspect) {
        String key = RequestHeaders.only(exchange, "X-Pusher-Key");
        String claimed = RequestHeaders.only(exchange, "X-Pusher-Signature");
        if (signature.plausible(key, claimed)) {
            byte[] body = suspect
                    ? RequestBodies.readOfSuspect(exchange, MAX_BODY_BYTES)
                    : RequestBodies.readOfAnyone(exchange, MAX_BODY_BYTES);
            if (signature.genuine(key, claimed, body)) {
                return body;
            }
        }
        throw new ProblemException(Problem.unauthenticated("the webhook's key or signature is wrong"));
    }

    private void store(byte[] body) throws UnavailableException {
        Webhook webhook = Webhook.parse(body);
        if (!isRecent(webhook.time())) {
            throw new ProblemException(
                    Problem.unauthenticated("the webhook's time_ms is too far from the current time"));
        }
        sink.append(entries(webhook));
        webhook.events()
                .forEach(event -> metrics.counter("threadly.gateway.webhook.events", "name", known(event.name()))
                        .increment());
    }

    /** Who joins and leaves within one webhook does both at the same time: the last word of each user counts. */
    private List<OutgoingEvent<?>> entries(Webhook webhook) {
        var entries = new LinkedHashMap<Object, OutgoingEvent<?>>();
        int position = 0;
        for (Webhook.Event event : webhook.events()) {
            WebhookTranslator.translate(revealed(event), webhook.time(), position++)
                    .filter(entry -> !(entry.event() instanceof TypingChanged typing) || isOfParticipant(typing, event))
                    .ifPresent(entry -> entries.put(subject(entry), entry));
        }
        return List.copyOf(entries.values());
    }

    private static Object subject(OutgoingEvent<?> entry) {
        return entry.event() instanceof PresenceChanged presence
                ? List.of(presence.getChannel(), presence.getUserId())
                : entry;
    }

    /** With the user's own id, even if others see a pseudonym. */
    private Webhook.Event revealed(Webhook.Event event) {
        String channel = event.channel();
        String userId = event.userId();
        return channel == null || userId == null || !ChannelNames.isPresence(channel)
                ? event
                : event.of(names.userId(channel, userId));
    }

    /** A client event's sender writes its payload, and may name anyone. */
    private boolean isOfParticipant(TypingChanged typing, Webhook.Event event) {
        try {
            return event.channel() != null && participants.includes(typing.getUserId(), event.channel());
        } catch (UnavailableException e) {
            // The others of the webhook must not wait for what is over in seconds.
            return false;
        }
    }

    private boolean isRecent(Instant time) {
        Instant now = clock.instant();
        return time.isAfter(now.minus(maxAge)) && time.isBefore(now.plus(MAX_CLOCK_SKEW));
    }

    /** Keeps the label's values few, whatever is sent. */
    private static String known(@Nullable String name) {
        return switch (name) {
            case "member_added",
                    "member_removed",
                    "client_event",
                    "channel_occupied",
                    "channel_vacated",
                    "cache_miss" -> name;
            case null, default -> "other";
        };
    }
}

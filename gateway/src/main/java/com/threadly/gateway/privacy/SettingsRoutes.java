package com.threadly.gateway.privacy;

import com.threadly.events.Topics;
import com.threadly.events.UserSettingsChanged;
import com.threadly.gateway.http.Answers;
import com.threadly.gateway.http.ProblemException;
import com.threadly.gateway.http.RequestBodies;
import com.threadly.gateway.identity.Authenticator;
import com.threadly.gateway.identity.User;
import com.threadly.gateway.publishing.EventSink;
import com.threadly.gateway.publishing.OutgoingEvent;
import com.threadly.payload.Payloads;
import com.threadly.runtime.http.Problem;
import com.threadly.runtime.retry.UnavailableException;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code GET} and {@code PATCH /v1/settings}: the caller's settings, and changes of some of them. */
public final class SettingsRoutes {

    private static final int MAX_BODY_BYTES = 4 * 1024;

    /** In requests of one item: each change is pushed to all who look at the user. */
    private static final int WEIGHT_OF_CHANGE = 20;

    private record Change(@Nullable Boolean appearOffline) {}

    private record Answer(boolean appearOffline) {}

    /** Where settings are kept. */
    public interface Store {

        UserSettings of(String userId) throws UnavailableException;

        /** Shows a published change at once, rather than when it is read from its topic. */
        void note(UserSettingsChanged change) throws UnavailableException;
    }

    private final Authenticator authenticator;
    private final Store store;
    private final EventSink sink;
    private final Clock clock;

    public SettingsRoutes(Authenticator authenticator, Store store, EventSink sink, Clock clock) {
        this.authenticator = authenticator;
        this.store = store;
        this.sink = sink;
        this.clock = clock;
    }

    public void get(Context exchange) throws UnavailableException {
        User user = authenticator.user(exchange);
        try (var _ = authenticator.turn(user, 1)) {
            Answers.json(exchange, Payloads.json(new Answer(store.of(user.id()).appearOffline())));
        }
    }

    /** What the body leaves out stays as it is. */
    public void patch(Context exchange) throws UnavailableException {
        User user = authenticator.user(exchange);
        Boolean appearOffline = RequestBodies.json(exchange, MAX_BODY_BYTES, Change.class, "{\"appearOffline\": true}")
                .appearOffline();
        if (appearOffline == null) {
            throw new ProblemException(Problem.malformed("the body changes nothing; send appearOffline"));
        }
        try (var _ = authenticator.turn(user, WEIGHT_OF_CHANGE)) {
            if (store.of(user.id()).appearOffline() != appearOffline) {
                change(user, appearOffline);
            }
        }
        Answers.json(exchange, Payloads.json(new Answer(appearOffline)));
    }

    private void change(User user, boolean appearOffline) throws UnavailableException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var change = UserSettingsChanged.newBuilder()
                .setEventId(UUID.randomUUID())
                .setOccurredAt(now)
                .setUserId(user.id())
                .setAppearOffline(appearOffline)
                .build();
        sink.append(List.of(new OutgoingEvent<>(Topics.USER_SETTINGS_EVENTS, change)));
        store.note(change);
    }
}

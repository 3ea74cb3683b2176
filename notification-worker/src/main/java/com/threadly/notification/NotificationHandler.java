package com.threadly.notification;

import com.threadly.common.pipeline.Effect;
import com.threadly.common.pipeline.Handler;
import com.threadly.common.pipeline.Incoming;
import com.threadly.common.pipeline.UnavailableException;
import com.threadly.notification.inbox.BroadcastStore;
import com.threadly.notification.inbox.DigestStore;
import com.threadly.notification.inbox.NotificationStore;
import com.threadly.notification.rule.Decision;
import com.threadly.notification.rule.DigestEntry;
import com.threadly.notification.rule.Notification;
import com.threadly.notification.rule.Rules;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Decides, stores in one or few statements a batch, and says what is left to push. */
final class NotificationHandler implements Handler {

    private final Rules rules;
    private final NotificationStore notifications;
    private final DigestStore digests;
    private final BroadcastStore broadcasts;
    private final Effects effects;

    NotificationHandler(
            Rules rules,
            NotificationStore notifications,
            DigestStore digests,
            BroadcastStore broadcasts,
            Effects effects) {
        this.rules = rules;
        this.notifications = notifications;
        this.digests = digests;
        this.broadcasts = broadcasts;
        this.effects = effects;
    }

    @Override
    public List<Effect> handle(List<Incoming> records) throws UnavailableException {
        List<Decision> decisions =
                records.stream().map(record -> rules.decide(record.event())).toList();
        List<Notification> told = of(decisions, Decision.Tell.class)
                .flatMap(tell -> tell.notifications().stream())
                .toList();
        List<DigestEntry> gathered = of(decisions, Decision.Gather.class)
                .flatMap(gather -> gather.entries().stream())
                .toList();
        List<UUID> announced = of(decisions, Decision.Announce.class)
                .map(Decision.Announce::eventId)
                .toList();
        // A batch is of one topic, so no more than one of these has something to do.
        var stored = notifications.store(told);
        var grown = digests.gather(gathered);
        var pushedBroadcasts = broadcasts.store(announced);
        return effects.of(records, decisions, new Effects.Rows(stored, grown, pushedBroadcasts));
    }

    private static <D extends Decision> Stream<D> of(List<Decision> decisions, Class<D> kind) {
        return decisions.stream().filter(kind::isInstance).map(kind::cast);
    }
}

package com.threadly.notification.rule;

import com.threadly.events.AnnouncementPublished;
import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.MessageSent;
import com.threadly.events.NotificationRequested;
import com.threadly.events.NotificationsRead;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.PaymentStatusChanged;
import com.threadly.events.UserErased;
import com.threadly.events.UserPresence;
import com.threadly.events.UserStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.apache.avro.specific.SpecificRecord;

/** The decision for every event that this worker handles. */
public final class Rules {

    private final OrderRule orders;
    private final PaymentRule payments;
    private final MessageRule messages;
    private final AnnouncementRule announcements;

    /** Texts in {@code locale}; message digests over windows of {@code digestWindow}. */
    public Rules(Locale locale, Duration digestWindow, PushEvents payloads) {
        var texts = new MessageTexts(locale);
        this.orders = new OrderRule(texts, payloads);
        this.payments = new PaymentRule(texts, new Amounts(locale));
        this.messages = new MessageRule(texts, digestWindow);
        this.announcements = new AnnouncementRule(payloads);
    }

    /**
     * What {@code event} asks for.
     *
     * @param statedAt when it says that it occurred, which names the digest that it belongs to: the same event again
     *     belongs to the same
     */
    public Decision decide(SpecificRecord event, Instant statedAt) {
        try {
            return switch (event) {
                case OrderStatusChanged order -> orders.decide(order);
                case PaymentStatusChanged payment -> payments.decide(payment);
                case MessageSent message -> messages.decide(message, statedAt);
                case NotificationRequested request -> RequestRule.decide(request, statedAt);
                case NotificationsRead read -> ReadRule.decide(read);
                case UserErased erased -> decide(erased);
                case UserPresence presence -> decide(presence);
                case AnnouncementPublished announcement -> announcements.decide(announcement);
                default ->
                    throw new IllegalArgumentException(
                            "there is no rule for " + event.getSchema().getName());
            };
        } catch (InvalidFieldException e) {
            return new Decision.Invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Decision decide(UserErased erased) {
        ChannelNames.user("userId", erased.getUserId());
        return new Decision.Erase(new Erasure(erased.getEventId(), erased.getUserId(), erased.getOccurredAt()));
    }

    private static Decision decide(UserPresence presence) {
        ChannelNames.user("userId", presence.getUserId());
        return new Decision.RecordPresence(new Presence(
                presence.getUserId(), presence.getStatus() == UserStatus.ONLINE, presence.getOccurredAt()));
    }

    /** The notification for a digest. */
    public Notification tell(Digest digest) {
        return messages.tell(digest);
    }
}

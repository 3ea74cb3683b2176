package com.threadly.notification.rule;

import static com.threadly.payload.Payloads.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.threadly.events.AnnouncementPublished;
import com.threadly.events.ChannelNames;
import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import com.threadly.pusher.PushEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events that browsers receive, field by field. */
public final class PushEvents {

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final int HEADING_GRAPHEMES = 200;

    private final boolean encrypted;

    /** @param encrypted whether users' own channels are end-to-end encrypted */
    public PushEvents(boolean encrypted) {
        this.encrypted = encrypted;
    }

    private record NotificationJson(
            UUID id,
            String userId,
            String title,
            String message,
            String type,

            @JsonRawValue String metadata,

            int revision,
            boolean read,
            String createdAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String expiresAt) {}

    private record OrderStatusJson(
            String orderId, String status, @Nullable String previousStatus, String updatedAt) {}

    private record NotificationsReadJson(
            String userId,
            List<UUID> notificationIds,
            List<Integer> revisions,
            @Nullable String allUpTo,
            String readAt,
            int unreadCount,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean truncated) {}

    private record AnnouncementJson(
            String id,
            String title,
            String message,
            String createdAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean truncated) {}

    /** For the user's own channel. The rules limit every text, so it is always within Pusher's limit. */
    public PushEvent notification(Notification notification, boolean read) {
        Instant expiresAt = notification.expiresAt();
        var event = new PushEvent(
                channelOf(notification.userId()),
                "notification",
                json(new NotificationJson(
                        notification.id(),
                        notification.userId(),
                        notification.title(),
                        notification.message(),
                        notification.type().text(),
                        notification.metadata(),
                        notification.revision(),
                        read,
                        MILLIS.format(notification.createdAt()),
                        expiresAt == null ? null : MILLIS.format(expiresAt))));
        return expiresAt == null ? event : event.until(expiresAt);
    }

    /** For the user's own channel. Ids that do not fit one event are left out; {@code truncated} says so. */
    public PushEvent notificationsRead(ReadMark read, int unreadCount) {
        String data = notificationsRead(read, read.notificationIds(), read.revisions(), unreadCount, null);
        if (tooLong(data, encrypted ? PushEvent.MAX_ENCRYPTED_DATA_BYTES : PushEvent.MAX_DATA_BYTES)) {
            data = notificationsRead(read, List.of(), List.of(), unreadCount, true);
        }
        return new PushEvent(channelOf(read.userId()), "notifications-read", data);
    }

    private String channelOf(String userId) {
        return encrypted ? ChannelNames.encryptedUser("userId", userId) : ChannelNames.user("userId", userId);
    }

    private static String notificationsRead(
            ReadMark read, List<UUID> ids, List<Integer> revisions, int unreadCount, @Nullable Boolean truncated) {
        return json(new NotificationsReadJson(
                read.userId(),
                ids,
                revisions,
                read.upTo().map(MILLIS::format).orElse(null),
                MILLIS.format(read.readAt()),
                unreadCount,
                truncated));
    }

    PushEvent orderStatus(OrderStatusChanged order) {
        return new PushEvent(
                ChannelNames.order(order.getOrderId()),
                "order-status",
                json(new OrderStatusJson(
                        order.getOrderId(),
                        order.getStatus().name(),
                        order.getPreviousStatus()
                                .filter(status -> status != OrderStatus.UNKNOWN)
                                .map(OrderStatus::name)
                                .orElse(null),
                        MILLIS.format(order.getOccurredAt()))));
    }

    /** A message too long for one event is cut, and marked as such. */
    PushEvent announcement(String channel, String eventName, AnnouncementPublished announcement) {
        String message = TextSanitizer.paragraphs(announcement.getMessage());
        String data = announcement(announcement, message, null);
        if (tooLong(data)) {
            int fits = 0;
            int tooMany = Math.min(message.length(), PushEvent.MAX_DATA_BYTES);
            while (tooMany - fits > 1) {
                int tried = (fits + tooMany) >>> 1;
                if (tooLong(announcement(announcement, TextSanitizer.cutToUnits(message, tried), true))) {
                    tooMany = tried;
                } else {
                    fits = tried;
                }
            }
            data = announcement(announcement, TextSanitizer.cutToUnits(message, fits), true);
        }
        return new PushEvent(channel, eventName, data);
    }

    private String announcement(AnnouncementPublished announcement, String message, @Nullable Boolean truncated) {
        return json(new AnnouncementJson(
                announcement.getAnnouncementId(),
                TextSanitizer.line(announcement.getTitle(), HEADING_GRAPHEMES),
                message,
                MILLIS.format(announcement.getOccurredAt()),
                truncated));
    }

    private static boolean tooLong(String data) {
        return tooLong(data, PushEvent.MAX_DATA_BYTES);
    }

    private static boolean tooLong(String data, int maxBytes) {
        return data.getBytes(StandardCharsets.UTF_8).length > maxBytes;
    }
}

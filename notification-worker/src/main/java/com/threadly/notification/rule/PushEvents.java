package com.threadly.notification.rule;

import static com.threadly.payload.Payloads.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.threadly.events.AnnouncementPublished;
import com.threadly.events.ChannelNames;
import com.threadly.events.NotificationState;
import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import com.threadly.pusher.PushEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean seen,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean archived,

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
            int unseenCount,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean truncated) {}

    private record NotificationsMarkedJson(
            String userId,
            String state,
            List<UUID> notificationIds,
            List<Integer> revisions,
            String markedAt,
            int unreadCount,
            int unseenCount,

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
    public PushEvent notification(Notification notification, RowStates states) {
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
                        states.read(),
                        ifSo(states.seen()),
                        ifSo(states.archived()),
                        MILLIS.format(notification.createdAt()),
                        expiresAt == null ? null : MILLIS.format(expiresAt))));
        return expiresAt == null ? event : event.until(expiresAt);
    }

    private static @Nullable Boolean ifSo(boolean state) {
        return state ? true : null;
    }

    /** For the user's other tabs and devices: what was read, and each other state that was set or taken back. */
    public List<PushEvent> marks(ReadMark mark, InboxCounts counts) {
        List<ReadMark.Shown> read = mark.read();
        var events = new ArrayList<PushEvent>();
        if (!read.isEmpty() || mark.upTo().isPresent()) {
            events.add(notificationsRead(mark, read, counts));
        }
        mark.marked().stream()
                .filter(one -> one.isTakenBack() || one.state() != NotificationState.READ)
                .collect(Collectors.groupingBy(PushEvents::inWords, LinkedHashMap::new, Collectors.toList()))
                .forEach((state, some) -> events.add(notificationsMarked(mark, state, some, counts)));
        return events;
    }

    private PushEvent notificationsRead(ReadMark mark, List<ReadMark.Shown> read, InboxCounts counts) {
        return toUser(
                mark.userId(),
                "notifications-read",
                notificationsRead(mark, read, counts, null),
                () -> notificationsRead(mark, List.of(), counts, true));
    }

    private static String notificationsRead(
            ReadMark mark, List<ReadMark.Shown> read, InboxCounts counts, @Nullable Boolean truncated) {
        // None in a mark from before revisions.
        List<Integer> revisions = read.stream()
                .map(ReadMark.Shown::revision)
                .filter(revision -> revision != ReadMark.Shown.BY_TIME)
                .toList();
        return json(new NotificationsReadJson(
                mark.userId(),
                read.stream().map(ReadMark.Shown::id).toList(),
                revisions,
                mark.upTo().map(MILLIS::format).orElse(null),
                MILLIS.format(mark.readAt()),
                counts.unread(),
                counts.unseen(),
                truncated));
    }

    private PushEvent notificationsMarked(
            ReadMark mark, String state, List<ReadMark.MarkedState> marked, InboxCounts counts) {
        return toUser(
                mark.userId(),
                "notifications-marked",
                notificationsMarked(mark, state, marked, counts, null),
                () -> notificationsMarked(mark, state, List.of(), counts, true));
    }

    private static String notificationsMarked(
            ReadMark mark,
            String state,
            List<ReadMark.MarkedState> marked,
            InboxCounts counts,
            @Nullable Boolean truncated) {
        return json(new NotificationsMarkedJson(
                mark.userId(),
                state,
                marked.stream().map(ReadMark.MarkedState::id).toList(),
                marked.stream().map(ReadMark.MarkedState::revision).toList(),
                MILLIS.format(mark.readAt()),
                counts.unread(),
                counts.unseen(),
                truncated));
    }

    private static String inWords(ReadMark.MarkedState mark) {
        return switch (mark.state()) {
            case SEEN -> "seen";
            case READ -> mark.isTakenBack() ? "unread" : "read";
            case ARCHIVED -> mark.isTakenBack() ? "unarchived" : "archived";
            case DELETED -> "deleted";
            case UNKNOWN -> throw new IllegalArgumentException("the rules pass over unknown states");
        };
    }

    /** For the user's own channel; without ids, as {@code shorter} is, if they do not fit one event. */
    private PushEvent toUser(String userId, String name, String data, Supplier<String> shorter) {
        boolean fits = !tooLong(data, encrypted ? PushEvent.MAX_ENCRYPTED_DATA_BYTES : PushEvent.MAX_DATA_BYTES);
        return new PushEvent(channelOf(userId), name, fits ? data : shorter.get());
    }

    private String channelOf(String userId) {
        return encrypted ? ChannelNames.encryptedUser("userId", userId) : ChannelNames.user("userId", userId);
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

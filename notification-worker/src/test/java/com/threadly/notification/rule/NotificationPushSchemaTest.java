package com.threadly.notification.rule;

import com.threadly.events.AnnouncementKind;
import com.threadly.events.NotificationState;
import com.threadly.events.OrderStatus;
import com.threadly.events.PaymentStatus;
import com.threadly.events.RequestedType;
import com.threadly.payload.PushedEventSchema;
import com.threadly.pusher.PushEvent;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Pushed events match the client's types. */
class NotificationPushSchemaTest {

    private final Rules rules = Samples.rules();
    private final PushEvents payloads = new PushEvents(false);

    @Test
    void notifications() throws Exception {
        var orders = orders().flatMap(this::notificationsOf);
        var payments = Arrays.stream(PaymentStatus.values())
                .map(status -> Samples.payment(status).build())
                .flatMap(this::notificationsOf);
        var gathered =
                (Decision.AddToDigest) Samples.decide(rules, Samples.message().build());
        var digest = rules.tell(Digest.of(gathered.entries()));
        PushedEventSchema.describes(
                "notification",
                Stream.of(orders, payments, requests(), Stream.of(digest))
                        .flatMap(each -> each)
                        .flatMap(notification -> Stream.of(RowStates.NEW, new RowStates(true, true, true, false))
                                .map(states -> payloads.notification(notification, states)))
                        .toList());
    }

    @Test
    void orderStatus() throws Exception {
        PushedEventSchema.describes(
                "order-status",
                orders().map(order -> Samples.decide(rules, order))
                        .flatMap(decision ->
                                decision instanceof Decision.Notify tell ? tell.broadcasts().stream() : Stream.of())
                        .toList());
    }

    @Test
    void notificationsRead() throws Exception {
        UUID id = UUID.randomUUID();
        PushedEventSchema.describes(
                "notifications-read",
                List.of(read(List.of(id), false), read(List.of(), true), read(Collections.nCopies(1_000, id), false)));
    }

    @ParameterizedTest
    @CsvSource({"ANNOUNCEMENT, announcement", "STATUS_UPDATE, status-update"})
    void announcements(AnnouncementKind kind, String eventName) throws Exception {
        var text = Samples.announcement(kind);
        PushedEventSchema.describes(
                eventName,
                Stream.of(text.build(), text.setMessage("Long ".repeat(9_000)).build())
                        .map(announcement -> ((Decision.Announce) Samples.decide(rules, announcement)).broadcast())
                        .toList());
    }

    private Stream<Notification> requests() {
        return Arrays.stream(RequestedType.values())
                .flatMap(type -> Stream.of(
                        Samples.request().setType(type),
                        Samples.request()
                                .setType(type)
                                .setMetadata(Map.of("campaign", "autumn"))
                                .setLink("/sale")
                                .setImageUrl("https://images.example.com/1.jpg")
                                .setExpiresAt(Samples.NOON.plusSeconds(60))))
                .flatMap(request -> notificationsOf(request.build()));
    }

    private static Stream<SpecificRecord> orders() {
        return Arrays.stream(OrderStatus.values())
                .map(status -> Samples.order(status)
                        .setPreviousStatus(OrderStatus.PLACED)
                        .build());
    }

    private Stream<Notification> notificationsOf(SpecificRecord event) {
        return Samples.decide(rules, event) instanceof Decision.Notify tell
                ? tell.notifications().stream()
                : Stream.of();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void notificationsMarked(NotificationState state) throws Exception {
        boolean staysSo = state == NotificationState.SEEN || state == NotificationState.DELETED;
        var mark = new ReadMark.MarkedState(UUID.randomUUID(), state, staysSo ? 0 : 1, staysSo ? 7 : 0);
        PushedEventSchema.describes(
                "notifications-marked",
                Stream.of(List.of(mark), Collections.nCopies(1_000, mark))
                        .map(marked -> new ReadMark("ben", List.of(), Optional.empty(), marked, Samples.NOON))
                        .flatMap(marks -> payloads.marks(marks, new InboxCounts(3, 2)).stream())
                        .toList());
    }

    private PushEvent read(List<UUID> ids, boolean all) {
        var read = new ReadMark(
                "ben",
                ids.stream().map(id -> new ReadMark.Shown(id, 7)).toList(),
                all ? Optional.of(Samples.NOON) : Optional.empty(),
                List.of(),
                Samples.NOON);
        return payloads.marks(read, new InboxCounts(3, 2)).getFirst();
    }
}

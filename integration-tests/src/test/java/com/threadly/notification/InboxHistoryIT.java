package com.threadly.notification;

import static com.threadly.notification.SampleEvents.NOON;
import static com.threadly.notification.SampleEvents.OF_EVE;
import static com.threadly.notification.SampleEvents.announcement;
import static com.threadly.notification.SampleEvents.erased;
import static com.threadly.notification.SampleEvents.marked;
import static com.threadly.notification.SampleEvents.message;
import static com.threadly.notification.SampleEvents.messageOfEve;
import static com.threadly.notification.SampleEvents.order;
import static com.threadly.notification.SampleEvents.payment;
import static com.threadly.notification.SampleEvents.read;
import static com.threadly.notification.SampleEvents.readAllUpTo;
import static com.threadly.notification.SampleEvents.request;
import static com.threadly.notification.SampleEvents.shown;
import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.NotificationState;
import com.threadly.events.NotificationsRead;
import com.threadly.events.OrderStatus;
import com.threadly.events.PaymentStatus;
import com.threadly.events.RequestedType;
import com.threadly.localstack.testing.Servers;
import com.threadly.notification.rule.Decision;
import com.threadly.notification.rule.DigestEntry;
import com.threadly.notification.rule.Notification;
import com.threadly.notification.rule.PushEvents;
import com.threadly.notification.rule.Rules;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.pusher.PushEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random histories, in random order, repeated, cut into random batches, with crashes between storing, pushing and
 * marking: the rows are those of the undisturbed history, and everything is pushed.
 */
@ExtendWith(Servers.Extension.class)
class InboxHistoryIT {

    private static final List<OrderStatus> STATUSES =
            List.copyOf(EnumSet.complementOf(EnumSet.of(OrderStatus.UNKNOWN)));

    private static final List<PaymentStatus> PAYMENTS =
            List.copyOf(EnumSet.complementOf(EnumSet.of(PaymentStatus.UNKNOWN)));

    private static final List<RequestedType> REQUESTS =
            List.copyOf(EnumSet.complementOf(EnumSet.of(RequestedType.UNKNOWN)));

    private static final List<NotificationState> STATES =
            List.copyOf(EnumSet.complementOf(EnumSet.of(NotificationState.UNKNOWN)));

    private static final Set<NotificationState> CAN_BE_TAKEN_BACK =
            EnumSet.of(NotificationState.READ, NotificationState.ARCHIVED);

    private static final Rules RULES = new Rules(Locale.ENGLISH, Duration.ofMinutes(5), new PushEvents(false));

    /** Reads of another user's rows have no effect, whether they are kept or not. */
    private static final String STATE = """
            SELECT n::text FROM (
                SELECT id, user_id, type, title, message, metadata, created_at, last_event_at, revision,
                    read_round, read_revision, read_at, seen_revision, archived_round, archived_revision, deleted_revision,
                    marked_at, expires_at
                FROM notification) n
            UNION ALL SELECT (m.notification_id, m.message_id, m.sender_id, m.sender_name, m.preview)::text
                FROM digest_message m
            UNION ALL SELECT (u.user_id, u.erased_at)::text FROM erased_user u
            UNION ALL SELECT i::text FROM inbox i
            UNION ALL SELECT (e.notification_id, e.user_id, e.read_round, e.read_revision, e.read_at, e.seen_revision,
                    e.archived_round, e.archived_revision, e.deleted_revision, e.marked_at)::text FROM early_read e
                WHERE NOT EXISTS (SELECT FROM notification WHERE id = e.notification_id)
            ORDER BY 1
            """;

    /** They depend on the order. */
    private static final String STATES_OF_A_ROW = "\"read\":(true|false),(\"seen\":true,)?(\"archived\":true,)?";

    @RepeatedTest(10)
    void givesTheSameRowsAndPushesEverything(RepetitionInfo repetition, Servers servers) throws Exception {
        var random = new Random(repetition.getCurrentRepetition());
        List<SpecificRecord> history = history(random);
        try (var calm = new InboxFixture(servers);
                var disturbed = new Disturbed(new InboxFixture(servers), random)) {
            calm.storeAndPush(history);

            var topic = new ArrayList<>(history);
            for (int n = random.nextInt(20); n > 0; n--) {
                topic.add(history.get(random.nextInt(history.size())));
            }
            Collections.shuffle(topic, random);
            disturbed.handle(topic);

            assertThat(disturbed.query(STATE)).isEqualTo(calm.query(STATE));
            Set<String> deleted = deleted(history);
            assertThat(disturbed.finalPushes(deleted)).containsAll(finalPushes(calm.pushed, deleted));
            assertThat(disturbed.lastOfDigests(deleted)).isEqualTo(lastOfDigests(calm.pushed, deleted));
            assertThat(disturbed.query("""
                    SELECT 'left' FROM notification WHERE pushed_at IS NULL
                    UNION ALL SELECT 'left' FROM pushed_event WHERE pushed_at IS NULL
                    """)).isEmpty();
            if (disturbed.crashes == 0) {
                assertThat(disturbed.pushes).doesNotHaveDuplicates();
            }
        }
    }

    private static List<SpecificRecord> history(Random random) {
        var events = new ArrayList<SpecificRecord>();
        for (int n = 0; n < 25; n++) {
            events.add(order(n, STATUSES.get(random.nextInt(STATUSES.size()))));
            // Some at the same instant, over several windows.
            events.add(message(n, NOON.plusSeconds(60L * random.nextInt(12))));
            events.add(payment(n, PAYMENTS.get(random.nextInt(PAYMENTS.size()))));
        }
        for (int n = 0; n < 12; n++) {
            var request = request(n, NOON.plusSeconds(random.nextInt(900)))
                    .setType(REQUESTS.get(random.nextInt(REQUESTS.size())));
            if (n % 2 == 0) {
                request.setDedupKey("key-" + random.nextInt(3));
            }
            if (n % 3 == 0) {
                request.setExpiresAt(Instant.parse("2999-01-01T00:00:00Z").plusSeconds(n));
            }
            events.add(request.build());
        }
        for (int n = 20; n < 25; n++) {
            events.add(request(n, NOON).setUserId("dan").build());
        }
        for (int n = 30; n < 45; n++) {
            events.add(messageOfEve(n, NOON.plusSeconds(60L * random.nextInt(12))));
        }
        events.add(erased("dan"));
        events.add(erased("eve"));
        events.add(readAllUpTo(100, "dan", NOON));
        for (int n = 0; n < 5; n++) {
            events.add(announcement(n));
            events.add(readAllUpTo(n, random.nextBoolean() ? "ben" : "cid", NOON.plusSeconds(random.nextInt(600))));
        }
        // Rows that exist, and one that never comes.
        List<UUID> ids = Stream.concat(
                        events.stream().flatMap(event -> notificationIds(event, user -> !user.equals("dan"))),
                        Stream.of(new UUID(0, 0)))
                .toList();
        List<UUID> erased = events.stream()
                .flatMap(event -> notificationIds(event, "dan"::equals))
                .toList();
        for (int n = 0; n < 15; n++) {
            boolean isBen = random.nextBoolean();
            UUID id = isBen ? ids.get(random.nextInt(ids.size())) : erased.get(random.nextInt(erased.size()));
            events.add(read(10 + n, isBen ? "ben" : "dan", NOON.plusSeconds(random.nextInt(900)), id));
        }
        for (int n = 0; n < 30; n++) {
            UUID id = ids.get(random.nextInt(ids.size()));
            events.add(shown(
                    50 + n,
                    random.nextBoolean() ? "ben" : "cid",
                    NOON.plusSeconds(random.nextInt(900)),
                    Map.of(id, 1 + random.nextInt(6))));
        }
        for (int n = 0; n < 60; n++) {
            NotificationState state = STATES.get(random.nextInt(STATES.size()));
            int round = CAN_BE_TAKEN_BACK.contains(state) ? random.nextInt(3) : 0;
            events.add(marked(
                    100 + n,
                    random.nextInt(8) == 0 ? "dan" : "ben",
                    state,
                    ids.get(random.nextInt(ids.size())),
                    random.nextInt(round == 0 ? 1 : 0, 6),
                    round));
        }
        return events;
    }

    private static Stream<UUID> notificationIds(SpecificRecord event, Predicate<String> ofUser) {
        return switch (RULES.decide(event, InboxFixture.statedAt(event))) {
            case Decision.Notify notify ->
                notify.notifications().stream()
                        .filter(row -> ofUser.test(row.userId()))
                        .map(Notification::id);
            case Decision.AddToDigest gather ->
                gather.entries().stream()
                        .filter(entry -> ofUser.test(entry.userId()))
                        .map(DigestEntry::notificationId);
            case Decision.Announce _,
                    Decision.MarkRead _,
                    Decision.RecordPresence _,
                    Decision.Erase _,
                    Decision.Skip _,
                    Decision.Invalid _ -> Stream.empty();
        };
    }

    /** Notifications that are not pushed once they are deleted, which they may be before. */
    private static Set<String> deleted(List<SpecificRecord> history) {
        return history.stream()
                .filter(event -> event instanceof NotificationsRead marks
                        && marks.getMarkedAs()
                                .filter(NotificationState.DELETED::equals)
                                .isPresent())
                .flatMap(event -> ((NotificationsRead) event).getMarkedIds().stream())
                .collect(Collectors.toSet());
    }

    /**
     * The part of the pushes that does not depend on the order: no digests, reads without the count, and of requests
     * which were pushed, as another one with the same key may count later.
     */
    private static List<String> finalPushes(List<PushEvent> pushes, Set<String> deleted) {
        return pushes.stream()
                .map(PushEvent::data)
                .filter(data -> !isDigest(data) && !data.contains("\"unreadCount\""))
                .filter(data -> !data.contains("\"revision\"") || !deleted.contains(idOf(data)))
                .map(data -> isRequest(data) ? idOf(data) : data.replaceAll(STATES_OF_A_ROW, ""))
                .collect(Collectors.toList());
    }

    /**
     * Each digest as it was pushed last; how much of it was read by then depends on the order, and so does whether it had
     * the words of a sender who is erased.
     */
    private static Map<String, String> lastOfDigests(List<PushEvent> pushes, Set<String> deleted) {
        var last = new HashMap<String, String>();
        pushes.stream()
                .map(PushEvent::data)
                .filter(data -> isDigest(data) && !data.contains(OF_EVE) && !deleted.contains(idOf(data)))
                .forEach(data -> last.put(
                        idOf(data), data.replaceAll(STATES_OF_A_ROW + "|\"title\":\"[^\"]*\"|\"count\":\\d+", "")));
        return last;
    }

    private static boolean isDigest(String data) {
        return data.contains("\"type\":\"message\"") && !isRequest(data);
    }

    private static boolean isRequest(String data) {
        return data.contains("\"request\":");
    }

    private static String idOf(String data) {
        Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(data);
        assertThat(id.find()).as(data).isTrue();
        return id.group(1);
    }

    /** A worker that may die after any step, whose successor begins at the last commit. */
    private static final class Disturbed implements AutoCloseable {
        private final Random random;
        private final int crashPercent;
        private final List<InboxFixture> workers = new ArrayList<>();
        private final List<String> pushes = new ArrayList<>();
        private InboxFixture worker;
        private int crashes;

        Disturbed(InboxFixture first, Random random) {
            this.random = random;
            this.worker = first;
            this.crashPercent = random.nextInt(3) * 15;
            workers.add(first);
        }

        void handle(List<SpecificRecord> topic) throws Exception {
            for (int from = 0; from < topic.size(); ) {
                int to = Math.min(topic.size(), from + 1 + random.nextInt(12));
                if (handleBatch(topic.subList(from, to))) {
                    from = to;
                }
            }
            worker.awaitAllMarked();
        }

        /** Whether it was committed. */
        private boolean handleBatch(List<SpecificRecord> batch) throws Exception {
            List<DecodedRecord> records = worker.records(batch);
            List<RecordOutcome> effects = worker.store(records);
            if (crashes()) {
                return false;
            }
            int pushed = random.nextInt(effects.size() + 1);
            note(worker.push(effects.subList(0, pushed)));
            if (pushed < effects.size() && crashes()) {
                // What was acknowledged may be marked already.
                return false;
            }
            note(worker.push(effects.subList(pushed, effects.size())));
            return !crashes();
        }

        private void note(List<PushEvent> events) {
            events.forEach(event -> pushes.add(event.channel() + " " + event.data()));
        }

        private boolean crashes() {
            if (random.nextInt(100) >= crashPercent) {
                return false;
            }
            crashes++;
            worker = worker.another();
            workers.add(worker);
            return true;
        }

        List<String> query(String sql) {
            return worker.query(sql);
        }

        List<String> finalPushes(Set<String> deleted) {
            return InboxHistoryIT.finalPushes(pushed(), deleted);
        }

        Map<String, String> lastOfDigests(Set<String> deleted) {
            return InboxHistoryIT.lastOfDigests(pushed(), deleted);
        }

        private List<PushEvent> pushed() {
            return workers.stream().flatMap(one -> one.pushed.stream()).toList();
        }

        @Override
        public void close() {
            workers.reversed().forEach(InboxFixture::close);
        }
    }
}

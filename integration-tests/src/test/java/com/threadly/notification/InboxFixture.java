package com.threadly.notification;

import com.threadly.database.Database;
import com.threadly.database.OwnerSettings;
import com.threadly.localstack.testing.Servers;
import com.threadly.notification.inbox.DigestStore;
import com.threadly.notification.inbox.DigestSuppression;
import com.threadly.notification.inbox.DigestSuppressionSettings;
import com.threadly.notification.inbox.ErasedUsers;
import com.threadly.notification.inbox.InboxTables;
import com.threadly.notification.inbox.NotificationStore;
import com.threadly.notification.inbox.PushMarkStore;
import com.threadly.notification.inbox.PushMarkWriter;
import com.threadly.notification.inbox.PushedEvents;
import com.threadly.notification.inbox.ReadState;
import com.threadly.notification.rule.PushEvents;
import com.threadly.notification.rule.Rules;
import com.threadly.pipeline.DecodedRecord;
import com.threadly.pipeline.RecordOutcome;
import com.threadly.pusher.PushEvent;
import com.threadly.runtime.retry.UnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.Awaitility;

/** One worker's handler with its own database; stands in for the pipeline and Pusher. */
final class InboxFixture implements AutoCloseable {

    private static final DigestSuppressionSettings NOBODY_IS_QUIET =
            new DigestSuppressionSettings(DigestSuppressionSettings.QuietFor.NOBODY, Duration.ofSeconds(30));

    private final Servers servers;
    private final DigestSuppressionSettings attention;
    private final Clock clock;
    private final String url;
    private final PushEvents payloads = new PushEvents(false);
    private final Database database;
    private final PushMarkWriter marker;
    private final NotificationHandler handler;
    private long nextOffset;
    private AtomicBoolean partitionLost = new AtomicBoolean();

    /** Every push, in order. */
    final List<PushEvent> pushed = new ArrayList<>();

    InboxFixture(Servers servers) {
        this(servers, NOBODY_IS_QUIET, Clock.systemUTC());
    }

    /** A worker with {@code attention} and {@code clock}. */
    InboxFixture(Servers servers, DigestSuppressionSettings attention, Clock clock) {
        this(servers, servers.database().create(servers.unique("inbox")), attention, clock);
    }

    private InboxFixture(Servers servers, String url, DigestSuppressionSettings attention, Clock clock) {
        this.attention = attention;
        this.clock = clock;
        this.servers = servers;
        this.url = url;
        this.database = open();
        this.marker = new PushMarkWriter(
                new PushMarkStore(database),
                Clock.systemUTC(),
                Thread.ofVirtual().factory());
        this.handler = handler();
    }

    /** Loses its partition, and gets it again: the log is read from its beginning. */
    void losePartition() {
        partitionLost.set(true);
        partitionLost = new AtomicBoolean();
        nextOffset = 0;
    }

    /** Another, independent worker on the same database. */
    InboxFixture another() {
        var other = new InboxFixture(servers, url, attention, clock);
        other.nextOffset = 1_000_000;
        return other;
    }

    DecodedRecord record(SpecificRecord event) {
        return new DecodedRecord(
                "topic", 0, nextOffset++, Instant.EPOCH, "key", event, statedAt(event), partitionLost::get);
    }

    /** The same record, published at another time. */
    static DecodedRecord publishedAt(Instant timestamp, DecodedRecord record) {
        return new DecodedRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                timestamp,
                record.key(),
                record.event(),
                record.statedAt(),
                record.abandoned());
    }

    /** When {@code event} says that it occurred. */
    static Instant statedAt(SpecificRecord event) {
        return (Instant) event.get(event.getSchema().getField("occurredAt").pos());
    }

    List<DecodedRecord> records(List<? extends SpecificRecord> events) {
        return events.stream().map(this::record).toList();
    }

    List<RecordOutcome> store(List<DecodedRecord> records) throws UnavailableException {
        return handler.handle(records);
    }

    /** Pushes; Pusher acknowledges at once. */
    List<PushEvent> push(List<RecordOutcome> planner) {
        var events = new ArrayList<PushEvent>();
        for (RecordOutcome effect : planner) {
            if (effect
                    instanceof
                    RecordOutcome.Push(List<PushEvent> some, RecordOutcome.AfterPush afterwards, Runnable _)) {
                events.addAll(some);
                afterwards.begin(() -> {});
            }
        }
        pushed.addAll(events);
        return events;
    }

    List<PushEvent> storeAndPush(List<? extends SpecificRecord> events) throws UnavailableException {
        return push(store(records(events)));
    }

    /** All rows as text, in a fixed order, without the time of their push. */
    List<String> rows() {
        return query("""
            SELECT row(id, user_id, type, title, message, metadata, created_at, last_event_at, revision, read_revision,
                read_at, marked_at, expires_at)::text
            FROM notification ORDER BY id
            """);
    }

    List<String> messagesOfDigests() {
        return query("SELECT m::text FROM digest_message m ORDER BY notification_id, message_id");
    }

    void awaitAllMarked() {
        Awaitility.await().until(() -> query("""
            SELECT 'left' FROM notification WHERE pushed_at IS NULL
            UNION ALL SELECT 'left' FROM pushed_event WHERE pushed_at IS NULL
            """).isEmpty());
    }

    List<String> query(String sql) {
        try (Connection connection = connection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void execute(String sql) {
        try (Connection connection = connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another session's transaction that holds the locks of {@code sql}. */
    Connection locking(String sql) throws SQLException {
        Connection connection = connection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    String url() {
        return url;
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        marker.close();
        database.close();
    }

    private NotificationHandler handler() {
        var rules = new Rules(Locale.ENGLISH, Duration.ofMinutes(5), payloads);
        var digests = new DigestStore(database, rules::tell);
        return new NotificationHandler(
                rules,
                new NotificationStore(database),
                digests,
                new ReadState(database, digests),
                new PushedEvents(database),
                new DigestSuppression(database, attention, clock),
                new ErasedUsers(database, digests, new SimpleMeterRegistry()),
                _ -> {},
                new PushPlanner(payloads, new InFlight(), marker));
    }

    private Database open() {
        var settings = OwnerSettings.of(servers.database(), url, 4, Duration.ofSeconds(2));
        var opened = InboxTables.open(settings, new SimpleMeterRegistry());
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> opened.trouble().isEmpty());
        return opened;
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(
                url, servers.database().user(), servers.database().password());
    }
}

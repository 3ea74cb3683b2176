package com.threadly.benchmarks.stage;

import com.threadly.benchmarks.peer.InsertARecord;
import com.threadly.database.DatabaseSettings;
import com.threadly.database.DatabaseUrl;
import com.threadly.events.TopicReader;
import com.threadly.localstack.bootstrap.TopicCreator;
import com.threadly.localstack.process.Program;
import com.threadly.localstack.servers.PostgresServer;
import com.threadly.notification.inbox.InboxTables;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;

/** What the inbox's benchmarks need in addition: PostgreSQL, and events that wait in their topics. */
public final class InboxStage implements AutoCloseable {

    private static final String WORKER = "notification-worker";
    private static final String JAR = WORKER + "/target/" + WORKER + ".jar";
    /** Created after the rows: sorting ten million is minutes faster than inserting them one by one. */
    private static final String INDEXES = "SELECT indexdef FROM pg_indexes WHERE tablename = 'notification'";

    private static final String WITHOUT_PRIMARY_KEY = """
            ALTER TABLE notification DROP CONSTRAINT notification_pkey;
            SET maintenance_work_mem = '1GB'
            """;
    private static final String DROP_OTHERS =
            "SELECT format('DROP INDEX %I', indexname) FROM pg_indexes WHERE tablename = 'notification'";
    private static final String PRIMARY_KEY =
            "ALTER TABLE notification ADD CONSTRAINT notification_pkey PRIMARY KEY USING INDEX notification_pkey";

    private final Stage stage;
    private final PostgresServer server;
    private final Map<EventKind, WaitingTopic> topics = new EnumMap<>(EventKind.class);
    private final Map<Integer, String> originals = new HashMap<>();
    private int copies;

    private InboxStage(Stage stage) {
        this.stage = stage;
        this.server = PostgresServer.start(
                stage.home().resolve("local-stack/target/postgres"),
                stage.data().resolve("postgres"),
                stage.freePort(),
                stage.watchdog());
        new TopicCreator(stage.kafka()).createFor(TopicReader.NOTIFICATION_WORKER);
        for (EventKind kind : EventKind.values()) {
            topics.put(kind, new WaitingTopic(kind.topic(), stage.kafka()));
        }
    }

    public static InboxStage beside(Stage stage) {
        return new InboxStage(stage);
    }

    /** Replaces the topics' records with this many events of {@code kind}; returns each partition's first offset. */
    public Map<TopicPartition, Long> write(EventKind kind, int count) throws ExecutionException, InterruptedException {
        var begin = new HashMap<TopicPartition, Long>();
        for (WaitingTopic topic : topics.values()) {
            begin.putAll(topic.emptied());
        }
        try (var writer = new EventWriter(kind, stage.kafka(), stage.registry())) {
            writer.write(count);
        }
        return begin;
    }

    /**
     * A database for one engine alone.
     *
     * @param name for {@link #drop}
     */
    public record Inbox(String name, String url, String user, String password) {

        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }

        /** The single number that {@code sql} returns. */
        public long number(String sql) throws SQLException {
            try (Connection connection = connect();
                    var statement = connection.createStatement();
                    var result = statement.executeQuery(sql)) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /** An inbox with this many rows, the same each time. */
    public Inbox inbox(int rows) throws SQLException, InterruptedException {
        if (!originals.containsKey(rows)) {
            originals.put(rows, fill(rows));
        }
        String name = "copy" + ++copies;
        String url = server.copy(originals.getOrDefault(rows, ""), name);
        return new Inbox(name, url, server.user(), server.password());
    }

    public void drop(Inbox inbox) {
        server.drop(inbox.name());
    }

    private String fill(int rows) throws SQLException, InterruptedException {
        String name = "filled" + rows;
        var inbox = new Inbox(name, server.create(name), server.user(), server.password());
        migrate(inbox);
        try (Connection connection = inbox.connect();
                var statement = connection.createStatement()) {
            List<String> indexes = texts(statement, INDEXES);
            statement.execute(WITHOUT_PRIMARY_KEY);
            for (String drop : texts(statement, DROP_OTHERS)) {
                statement.execute(drop);
            }
            statement.execute(filling(rows));
            for (String index : indexes) {
                statement.execute(index);
            }
            statement.execute(PRIMARY_KEY);
            statement.execute("VACUUM ANALYZE notification");
            statement.execute("CHECKPOINT");
        } catch (SQLException e) {
            // Only a superuser may request a checkpoint; otherwise one comes later.
            if (!"42501".equals(e.getSQLState())) {
                throw e;
            }
        }
        return name;
    }

    private static List<String> texts(Statement statement, String sql) throws SQLException {
        var texts = new ArrayList<String>();
        try (var result = statement.executeQuery(sql)) {
            while (result.next()) {
                texts.add(result.getString(1));
            }
        }
        return texts;
    }

    /** Texts are as long as ours; a tenth of a user's rows is unread. */
    private static String filling(int rows) {
        return String.format(Locale.ROOT, """
            INSERT INTO notification (id, user_id, type, title, message, metadata, created_at, last_event_at, revision,
                read_revision, pushed_at)
            SELECT md5('filled' || n)::uuid, 'u' || (n::bigint * 7919) %% 100000, 'order', 'Your order is on its way',
                'The seller shipped “Linen dress, size 38”.',
                jsonb_build_object('orderId', 'o-' || n, 'status', 'SHIPPED', 'eventId', md5('event' || n)::uuid),
                at, at, 1, CASE WHEN n %% 10 > 0 THEN 1 ELSE 0 END, at
            FROM (SELECT n, now() - interval '30 days' + n * interval '0.1 seconds' AS at
                FROM generate_series(1, %d) AS n) AS filled
            """, rows);
    }

    /** By the worker's own migrations. */
    private static void migrate(Inbox inbox) throws InterruptedException {
        var settings = new DatabaseSettings(
                DatabaseUrl.parse(inbox.url()),
                Optional.of(inbox.user()),
                Optional.of(inbox.password()),
                1,
                Duration.ofSeconds(30),
                true,
                Optional.empty());
        try (var database = InboxTables.open(settings, new SimpleMeterRegistry())) {
            while (database.trouble().isPresent()) {
                Thread.sleep(Duration.ofMillis(50));
            }
        }
    }

    /** The worker, starting with the first event. */
    public RunningEngine launchWorker(Inbox inbox, Map<TopicPartition, Long> begin)
            throws ExecutionException, InterruptedException {
        group().rewind(WORKER, begin);
        int adminPort = stage.freePort();
        var environment = environment(inbox);
        environment.putAll(Map.of("ADMIN_HOST", "127.0.0.1", "ADMIN_PORT", Integer.toString(adminPort)));
        return RunningEngine.launch(
                Program.ofJar(
                        WORKER, stage.home().resolve(JAR), JvmOptions.OURS, environment, stage.log(WORKER), adminPort),
                stage);
    }

    /** The worker's command {@code rebuild}, with everything in the topic already handled. */
    public Process launchRebuild(Inbox inbox, List<String> options) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JvmOptions.OURS);
        command.addAll(List.of("-jar", stage.home().resolve(JAR).toString(), "rebuild"));
        command.addAll(options);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(stage.log("rebuild").toFile());
        builder.environment().putAll(environment(inbox));
        return builder.start();
    }

    /** The obvious first version, with the same servers. */
    public InsertARecord insertAndTriggerARecord() {
        return new InsertARecord(
                stage.kafka(), stage.registry(), Optional.of(stage.stub().address()));
    }

    /** The same without pushing. */
    public InsertARecord insertARecord() {
        return new InsertARecord(stage.kafka(), stage.registry(), Optional.empty());
    }

    /** Resets the worker's progress. */
    public void forgetGroup() throws ExecutionException, InterruptedException {
        group().forget(WORKER);
    }

    /** A group's offsets can be read and set through any of the topics. */
    private WaitingTopic group() {
        return Objects.requireNonNull(topics.get(EventKind.ORDERS));
    }

    public Stage stage() {
        return stage;
    }

    private Map<String, String> environment(Inbox inbox) {
        var environment = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", stage.kafka(),
                "SCHEMA_REGISTRY_URL", stage.registry().toString(),
                "DATABASE_URL", inbox.url(),
                "DATABASE_USER", inbox.user(),
                "DATABASE_PASSWORD", inbox.password(),
                "PUSHER_APP_ID", "app",
                "PUSHER_KEY", "key",
                "PUSHER_SECRET", "secret",
                "PUSHER_HOST", stage.stub().address(),
                "PUSHER_TLS", "false"));
        environment.put("START_AT", "earliest");
        return environment;
    }

    @Override
    public void close() {
        topics.values().forEach(WaitingTopic::close);
        server.close();
    }
}

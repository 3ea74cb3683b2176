package com.threadly.benchmarks.peer;

import com.pusher.rest.Pusher;
import com.threadly.notification.rule.Decision;
import com.threadly.notification.rule.Notification;
import com.threadly.notification.rule.PushEvents;
import com.threadly.notification.rule.RowStates;
import com.threadly.notification.rule.Rules;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.SerdeConfig;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The obvious first version: per record one insert, and per row one blocking trigger if pushing is enabled. */
public final class InsertARecord {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final String INSERT = """
            INSERT INTO notification
                (id, user_id, type, title, message, metadata, created_at, last_event_at, revision, pushed_at)
            VALUES (?, ?, ?, ?, ?, ?::jsonb, ?::timestamptz, ?::timestamptz, 1, now())
            ON CONFLICT (id) DO NOTHING
            """;

    private final PushEvents payloads = new PushEvents(false);
    private final Rules rules = new Rules(Locale.ENGLISH, Duration.ofMinutes(5), payloads);
    private final String bootstrapServers;
    private final URI registry;
    private final Optional<Pusher> pusher;

    /**
     * Reads from {@code bootstrapServers} and {@code registry}.
     *
     * @param pusherHost host and port; empty to push nothing
     */
    public InsertARecord(String bootstrapServers, URI registry, Optional<String> pusherHost) {
        this.bootstrapServers = bootstrapServers;
        this.registry = registry;
        this.pusher = pusherHost.map(host -> {
            var at = new Pusher("app", "key", "secret");
            at.setHost(host);
            return at;
        });
    }

    /** Reads from {@code begin} for {@code warmUp}, then for {@code measured}; returns the latter's rows per second. */
    public double rowsPerSecond(
            Connection connection, Map<TopicPartition, Long> begin, Duration warmUp, Duration measured)
            throws SQLException {
        try (var client = SerdeConfig.of(Map.of(SerdeConfig.URL, registry.toString()))
                        .connect();
                var consumer = new KafkaConsumer<>(
                        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
                var insert = connection.prepareStatement(INSERT)) {
            var decoder = new AvroDecoder(client);
            consumer.assign(begin.keySet());
            begin.forEach(consumer::seek);
            handleFor(warmUp, consumer, decoder, insert);
            long begun = System.nanoTime();
            long rows = handleFor(measured, consumer, decoder, insert);
            return rows * 1e9 / (System.nanoTime() - begun);
        }
    }

    private long handleFor(
            Duration time, KafkaConsumer<byte[], byte[]> consumer, AvroDecoder decoder, PreparedStatement insert)
            throws SQLException {
        long end = System.nanoTime() + time.toNanos();
        long rows = 0;
        while (System.nanoTime() < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                var published = Instant.ofEpochMilli(record.timestamp());
                if (rules.decide(decoder.decode(record.value()), published) instanceof Decision.Notify notify) {
                    for (Notification row : notify.notifications()) {
                        handle(row, insert);
                        rows++;
                    }
                }
            }
        }
        return rows;
    }

    private void handle(Notification row, PreparedStatement insert) throws SQLException {
        insert.setObject(1, row.id());
        insert.setString(2, row.userId());
        insert.setString(3, row.type().text());
        insert.setString(4, row.title());
        insert.setString(5, row.message());
        insert.setString(6, row.metadata());
        insert.setString(7, row.createdAt().toString());
        insert.setString(8, row.lastEventAt().toString());
        insert.executeUpdate();
        pusher.ifPresent(to -> {
            var event = payloads.notification(row, RowStates.NEW);
            PeerPush.check(to.trigger(event.channel(), event.name(), event.data()));
        });
    }
}

package com.threadly.runtime.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Kafka client settings that may not be set from outside, because a guarantee depends on them. A value equal to ours is
 * harmless and has no effect.
 */
final class FixedClientSettings {

    /** The largest dead letter, and the buffer for sending it: see {@code DeadLetters.MAX_REQUEST_BYTES}. */
    private static final int LARGEST_RECORD = 2 * 1024 * 1024;

    /** Maximum requests in flight with which an idempotent producer keeps the order. */
    private static final int MOST_IN_FLIGHT = 5;

    /**
     * One setting.
     *
     * @param harmless values that break nothing
     * @param advice why it is fixed, and what to do instead
     */
    private record Fixed(Predicate<String> harmless, String advice) {}

    private static final Map<String, Fixed> OF_CLIENTS = Map.ofEntries(
            fixed(
                    ConsumerConfig.GROUP_ID_CONFIG,
                    "other parts look up committed offsets by group; set CONSUMER_GROUP instead, which they all use"),
            fixed(
                    CommonClientConfigs.CLIENT_ID_CONFIG,
                    "each of a deployable's clients has its own id; leave it out, and set quotas per user"),
            fixed(
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    "false",
                    "offsets are committed only when every effect of their records is durable; set COMMIT_INTERVAL"
                            + " instead"),
            fixed(
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest",
                    "a partition whose offset is out of range continues at its first record, so that none is skipped"
                            + " silently; to start elsewhere, set START_AT"),
            fixed(
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    "records of aborted transactions would be handled; leave it out"),
            fixed(
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    "false",
                    "an auto-created topic has the wrong partitions; create topics with ./threadly topics apply"),
            fixed(ConsumerConfig.CHECK_CRCS_CONFIG, "true", "damaged records would be handled; leave it out"),
            fixed(
                    ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                    "records are read as bytes, so that bad ones become dead letters; leave it out"),
            fixed(
                    ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                    "records are read as bytes, so that bad ones become dead letters; leave it out"),
            fixed(
                    ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                    "the bytes of a key decide its partition, and so the order; leave it out"),
            fixed(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, "interceptors may drop or change records; leave it out"),
            fixed(
                    ProducerConfig.PARTITIONER_CLASS_CONFIG,
                    "the key decides the partition, and so the order; leave it out"),
            fixed(
                    ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
                    "false",
                    "the key decides the partition, and so the order; leave it out"),
            fixed(
                    ProducerConfig.ACKS_CONFIG,
                    Set.of("all", "-1")::contains,
                    "acknowledged records must be on all in-sync replicas; set the topic's min.insync.replicas"
                            + " instead"),
            fixed(
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    "true",
                    "retries would duplicate and reorder records; leave it out"),
            fixed(
                    ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                    between(1, MOST_IN_FLIGHT),
                    String.format(
                            Locale.ROOT,
                            "with more than %d, retries reorder records; set at most that number",
                            MOST_IN_FLIGHT)),
            fixed(
                    ProducerConfig.RETRIES_CONFIG,
                    between(1, Integer.MAX_VALUE),
                    "an idempotent producer must retry; limit the time with KAFKA_DELIVERY_TIMEOUT_MS instead"),
            fixed(
                    ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                    "producers cannot share one, and Kafka Streams sets its own; leave it out"),
            fixed(
                    ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG,
                    "false",
                    "nothing would end its transactions; leave it out"),
            fixed(
                    ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                    between(LARGEST_RECORD, Integer.MAX_VALUE),
                    String.format(
                            Locale.ROOT,
                            "a dead letter holds the record that it came from; set at least %d",
                            LARGEST_RECORD)),
            fixed(
                    ProducerConfig.BUFFER_MEMORY_CONFIG,
                    between(LARGEST_RECORD, Long.MAX_VALUE),
                    String.format(
                            Locale.ROOT,
                            "a dead letter holds the record that it came from; set at least %d",
                            LARGEST_RECORD)));

    /** As literals, because only one deployable has Kafka Streams on its class path. */
    private static final Map<String, Fixed> OF_STREAMS = Map.ofEntries(
            fixed(
                    "application.id",
                    "it names the group, the internal topics and the transactions of all processes; leave it out"),
            fixed("application.server", "set ADMIN_ADVERTISED_ADDRESS"),
            fixed("state.dir", "set STATE_DIR"),
            fixed("processing.guarantee", "exactly_once_v2", "counts would be wrong after a crash; leave it out"),
            fixed("rocksdb.config.setter", "it bounds the memory of all stores together; leave it out"),
            fixed("default.timestamp.extractor", "it determines the window of an event; leave it out"),
            fixed("deserialization.exception.handler", "it makes dead letters of bad records; leave it out"),
            fixed("default.deserialization.exception.handler", "it makes dead letters of bad records; leave it out"),
            fixed("processing.exception.handler", "it makes dead letters of bad records; leave it out"),
            fixed("production.exception.handler", "what cannot be written would be skipped; leave it out"),
            fixed("default.production.exception.handler", "what cannot be written would be skipped; leave it out"),
            fixed("processor.wrapper.class", "it could change what is counted; leave it out"),
            fixed("default.client.supplier", "it could change every client; leave it out"));

    private FixedClientSettings() {}

    /** Problems with {@code properties} of any client, one line per property that may not be set. */
    static Stream<String> refusals(Map<String, String> properties) {
        return refusals(OF_CLIENTS, properties);
    }

    /** Problems with {@code properties} of Kafka Streams, in addition to those of any client. */
    static Stream<String> streamsRefusals(Map<String, String> properties) {
        return refusals(OF_STREAMS, properties);
    }

    /** Whether {@code property} is a setting of Kafka Streams that may not be set. */
    static boolean isOfStreams(String property) {
        return OF_STREAMS.containsKey(property);
    }

    /** Whether {@code property} is fixed and empty, which is how shells and compose files say "not set". */
    static boolean isUnset(String property, String value) {
        return value.isBlank() && (OF_CLIENTS.containsKey(property) || OF_STREAMS.containsKey(property));
    }

    private static Stream<String> refusals(Map<String, Fixed> fixed, Map<String, String> properties) {
        return fixed.entrySet().stream()
                .filter(ours -> properties.containsKey(ours.getKey()))
                .filter(ours -> !ours.getValue()
                        .harmless()
                        .test(properties.getOrDefault(ours.getKey(), "").strip()))
                .map(ours -> "%s may not be set: %s"
                        .formatted(
                                KafkaSettings.variable(ours.getKey()),
                                ours.getValue().advice()))
                .sorted();
    }

    private static Map.Entry<String, Fixed> fixed(String property, String advice) {
        return fixed(property, _ -> false, advice);
    }

    private static Map.Entry<String, Fixed> fixed(String property, String ours, String advice) {
        return fixed(property, ours::equalsIgnoreCase, advice);
    }

    private static Map.Entry<String, Fixed> fixed(String property, Predicate<String> harmless, String advice) {
        return Map.entry(property, new Fixed(harmless, advice));
    }

    private static Predicate<String> between(long min, long max) {
        return text -> {
            try {
                long number = Long.parseLong(text);
                return number >= min && number <= max;
            } catch (NumberFormatException e) {
                // A value that no client accepts is reported elsewhere.
                return true;
            }
        };
    }
}

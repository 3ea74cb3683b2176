package com.threadly.notification.rebuild;

import com.threadly.runtime.retry.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;

/** What topics no longer hold, or hold for less time than rows are kept, judging by offsets and settings. */
final class TopicHistory {

    private static final int TIMEOUT_MS = 10_000;

    private final Map<String, Object> adminConfig;
    private final Duration kept;

    /**
     * The history that a rebuild needs.
     *
     * @param kept how long rows are kept
     */
    TopicHistory(Map<String, Object> adminConfig, Duration kept) {
        this.adminConfig = adminConfig;
        this.kept = kept;
    }

    /** The gaps, in words for an operator; none when the topics hold everything. */
    List<String> gaps(List<String> topics) throws UnavailableException, InterruptedException {
        try (Admin admin = Admin.create(adminConfig)) {
            var gaps = new ArrayList<String>();
            Map<String, Long> gone = gone(admin, topics);
            topics.forEach(topic -> {
                long records = gone.getOrDefault(topic, 0L);
                if (records > 0) {
                    gaps.add("%s no longer has its first %s records; rows that follow only from them are not rebuilt"
                            .formatted(topic, records));
                }
            });
            gaps.addAll(bySettings(admin, topics));
            return gaps;
        }
    }

    /** What tells the topics from others that had their names before. */
    List<Uuid> ids(List<String> topics) throws UnavailableException, InterruptedException {
        try (Admin admin = Admin.create(adminConfig)) {
            Map<String, TopicDescription> found =
                    answer(admin.describeTopics(topics).allTopicNames());
            return topics.stream()
                    .flatMap(topic -> Optional.ofNullable(found.get(topic)).stream())
                    .map(TopicDescription::topicId)
                    .toList();
        }
    }

    /** By topic, how many offsets precede the earliest ones. */
    private static Map<String, Long> gone(Admin admin, List<String> topics)
            throws UnavailableException, InterruptedException {
        Map<TopicPartition, OffsetSpec> earliest =
                answer(admin.describeTopics(topics).allTopicNames()).values().stream()
                        .flatMap(topic -> topic.partitions().stream()
                                .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                        .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.earliest()));
        Map<TopicPartition, ListOffsetsResultInfo> offsets =
                answer(admin.listOffsets(earliest).all());
        return offsets.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().topic(),
                        Collectors.summingLong(entry -> entry.getValue().offset())));
    }

    private List<String> bySettings(Admin admin, List<String> topics)
            throws UnavailableException, InterruptedException {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        try {
            Map<ConfigResource, Config> configs =
                    answer(admin.describeConfigs(resources).all());
            return resources.stream()
                    .flatMap(topic -> Optional.ofNullable(configs.get(topic)).stream()
                            .flatMap(config -> bySettings(topic.name(), config)))
                    .toList();
        } catch (AuthorizationException e) {
            return List.of(
                    "cannot check whether the topics keep all records of the rows, because their settings cannot be"
                            + " read; grant DescribeConfigs on them: " + e.getMessage());
        }
    }

    private Stream<String> bySettings(String topic, Config config) {
        var gaps = new ArrayList<String>();
        if (value(config, TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            gaps.add("%s is compacted: it keeps only the last record of each key".formatted(topic));
        }
        long millis = number(config, TopicConfig.RETENTION_MS_CONFIG);
        if (millis >= 0 && millis < kept.toMillis()) {
            gaps.add("%s keeps records for %s, shorter than rows are kept (NOTIFICATION_RETENTION, %s)"
                    .formatted(topic, Duration.ofMillis(millis), kept));
        }
        long bytes = number(config, TopicConfig.RETENTION_BYTES_CONFIG);
        if (bytes >= 0) {
            gaps.add("%s keeps no more than %s bytes per partition (retention.bytes)".formatted(topic, bytes));
        }
        return gaps.stream();
    }

    private static long number(Config config, String name) {
        String value = value(config, name);
        return value.isEmpty() ? -1 : Long.parseLong(value);
    }

    private static String value(Config config, String name) {
        return Optional.ofNullable(config.get(name)).map(ConfigEntry::value).orElse("");
    }

    private static <T> T answer(KafkaFuture<T> future) throws UnavailableException, InterruptedException {
        try {
            return future.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new UnavailableException("Kafka did not respond within %s ms".formatted(TIMEOUT_MS), e);
        }
    }
}

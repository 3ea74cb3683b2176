package com.threadly.bench.stage;

import com.threadly.events.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** The topic of messages, and where groups stand in it. */
final class MessageTopic implements AutoCloseable {

    private static final Duration RETRY = Duration.ofMillis(200);

    private final Admin admin;

    MessageTopic(String bootstrapServers) {
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** Deletes all messages; returns where the next ones will be. */
    Map<TopicPartition, Long> emptied() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> partitions = IntStream.range(0, Topics.MESSAGE_EVENTS.partitions())
                .mapToObj(number -> new TopicPartition(Topics.MESSAGE_EVENTS.name(), number))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = admin.listOffsets(partitions).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
        admin.deleteRecords(ends.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue()))))
                .all()
                .get();
        return ends;
    }

    /** Has {@code group} begin at {@code offsets}; waits until its members have gone. */
    void rewind(String group, Map<TopicPartition, Long> offsets) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> wanted = offsets.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, offset -> new OffsetAndMetadata(offset.getValue())));
        while (true) {
            try {
                admin.alterConsumerGroupOffsets(group, wanted).all().get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownMemberIdException
                        || e.getCause() instanceof GroupNotEmptyException)) {
                    throw e;
                }
                Thread.sleep(RETRY);
            }
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}

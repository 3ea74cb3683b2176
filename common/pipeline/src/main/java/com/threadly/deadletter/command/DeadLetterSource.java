package com.threadly.deadletter.command;

import com.threadly.runtime.kafka.BoundedConsumer;
import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The worker whose dead letters the commands handle, its groups, and the Kafka settings. */
record DeadLetterSource(
        String worker, List<String> topics, DeadLetterCommands.Groups groups, Supplier<Settings> settings) {

    private static final int PATIENCE_MS = 10_000;

    /** A consumer without a group, which has no side effects. */
    Consumer<byte[], byte[]> consumer(KafkaSettings kafka) {
        Map<String, Object> config = kafka.reader(
                worker + "-dlq",
                Map.of(
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        PATIENCE_MS));
        return new BoundedConsumer(config);
    }
}

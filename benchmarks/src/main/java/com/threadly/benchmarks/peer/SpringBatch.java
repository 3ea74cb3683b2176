package com.threadly.benchmarks.peer;

import com.pusher.rest.Pusher;
import com.pusher.rest.data.Event;
import com.threadly.events.Topics;
import com.threadly.serde.AvroDecoder;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/**
 * A common choice: a Spring Kafka batch listener, one thread per partition. It pushes what a poll returned in batches
 * of 10, one after the other, which keeps the order of a partition.
 */
public final class SpringBatch {

    private static final int BATCH = 10;

    private SpringBatch() {}

    /** Runs until it is killed; configured by the environment. */
    public static void main(String[] args) throws InterruptedException {
        PeerSettings settings = PeerSettings.fromEnvironment();
        int threads = Topics.MESSAGE_EVENTS.partitions();
        var decoder = settings.decoder();
        Pusher client = settings.client(threads);
        var properties = new ContainerProperties(Topics.MESSAGE_EVENTS.name());
        properties.setGroupId(settings.group());
        properties.setMessageListener((BatchMessageListener<String, byte[]>) records -> push(records, decoder, client));
        var container = new ConcurrentMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<String, byte[]>(settings.consumerConfig()), properties);
        container.setConcurrency(threads);
        container.start();
        Thread.currentThread().join();
    }

    private static void push(List<ConsumerRecord<String, byte[]>> records, AvroDecoder decoder, Pusher client) {
        for (int from = 0; from < records.size(); from += BATCH) {
            List<Event> batch = records.subList(from, Math.min(from + BATCH, records.size())).stream()
                    .map(record -> PeerPush.of(record.value(), decoder))
                    .toList();
            PeerPush.send(batch, client);
        }
    }
}

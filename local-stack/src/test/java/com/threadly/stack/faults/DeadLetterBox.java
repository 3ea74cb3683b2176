package com.threadly.stack.faults;

import com.threadly.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The worker's dead letters since this was made. */
final class DeadLetterBox {

    static final List<String> TOPICS =
            List.of(Topics.MESSAGE_EVENTS.deadLetters(Worker.NAME), Topics.TYPING_EVENTS.deadLetters(Worker.NAME));
    private static final Duration POLL = Duration.ofMillis(100);

    private final String bootstrapServers;
    private final Group group;
    private final Map<TopicPartition, Long> begin;

    DeadLetterBox(String bootstrapServers, Group group) throws InterruptedException, ExecutionException {
        this.bootstrapServers = bootstrapServers;
        this.group = group;
        this.begin = group.ends(TOPICS);
    }

    List<ConsumerRecord<String, byte[]>> letters() throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> ends = group.ends(TOPICS);
        var letters = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(begin.keySet());
            begin.forEach(consumer::seek);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(letters::add);
            }
        }
        return letters;
    }

    static String header(ConsumerRecord<?, ?> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}

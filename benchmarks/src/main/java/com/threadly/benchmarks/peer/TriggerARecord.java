package com.threadly.benchmarks.peer;

import com.pusher.rest.Pusher;
import com.pusher.rest.data.Event;
import com.threadly.events.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** The obvious first version: poll, one blocking trigger per record, commit. */
public final class TriggerARecord {

    private static final Duration POLL = Duration.ofMillis(100);

    private TriggerARecord() {}

    /** Runs until it is killed; configured by the environment. */
    public static void main(String[] args) {
        PeerSettings settings = PeerSettings.fromEnvironment();
        var decoder = settings.decoder();
        Pusher client = settings.client(1);
        try (var consumer = settings.consumer()) {
            consumer.subscribe(List.of(Topics.MESSAGE_EVENTS.name()));
            while (true) {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<String, byte[]> record : records) {
                    Event event = PeerPush.of(record.value(), decoder);
                    PeerPush.check(client.trigger(event.getChannel(), event.getName(), event.getData()));
                }
                consumer.commitSync();
            }
        }
    }
}

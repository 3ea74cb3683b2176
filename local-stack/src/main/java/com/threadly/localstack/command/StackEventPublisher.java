package com.threadly.localstack.command;

import com.threadly.localstack.RunningStack;
import com.threadly.localstack.traffic.Emission;
import com.threadly.localstack.traffic.TrafficProducer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Publishes to the running stack. */
record StackEventPublisher(RunningStack stack) implements EventPublisher {

    @Override
    public Sent publish(List<Emission<?>> events) throws InterruptedException {
        Sent sent = new Sent(stack.brokers());
        try (TrafficProducer producer = stack.producer()) {
            List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
            for (Emission<?> event : events) {
                acknowledgements.add(producer.publish(event));
            }
            for (Future<RecordMetadata> acknowledgement : acknowledgements) {
                sent.add(TrafficProducer.acknowledged(acknowledgement));
            }
        }
        return sent;
    }
}

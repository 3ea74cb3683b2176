package com.threadly.benchmarks.peer;

import com.pusher.rest.Pusher;
import com.threadly.events.Topics;
import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import java.util.List;

/** Confluent's Parallel Consumer: order by key, batches of 10, as many threads as slots. */
public final class ParallelConsumer {

    private static final int BATCH = 10;

    private ParallelConsumer() {}

    /** Runs until it is killed; configured by the environment. */
    public static void main(String[] args) throws InterruptedException {
        PeerSettings settings = PeerSettings.fromEnvironment();
        var decoder = settings.decoder();
        Pusher client = settings.client(settings.slots());
        ParallelStreamProcessor<String, byte[]> processor =
                ParallelStreamProcessor.createEosStreamProcessor(ParallelConsumerOptions.<String, byte[]>builder()
                        .consumer(settings.consumer())
                        .ordering(ProcessingOrder.KEY)
                        .maxConcurrency(settings.slots())
                        .batchSize(BATCH)
                        .build());
        processor.subscribe(List.of(Topics.MESSAGE_EVENTS.name()));
        processor.poll(records -> PeerPush.send(
                records.stream()
                        .map(record -> PeerPush.of(record.value(), decoder))
                        .toList(),
                client));
        Thread.currentThread().join();
    }
}

package com.threadly.benchmarks.peer;

import com.pusher.rest.Pusher;
import com.pusher.rest.data.Event;
import com.threadly.benchmarks.stub.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The ceiling: as many virtual threads as slots, each pushing one full batch after the other. No Kafka, no order. */
public final class BareLoop {

    private static final int BATCH = 10;
    private static final String CONTENT = "Is it still available? I could pick it up on Saturday, around noon.";

    private BareLoop() {}

    /** Runs until it is killed; configured by the environment. */
    public static void main(String[] args) {
        PeerSettings settings = PeerSettings.fromEnvironment();
        Pusher client = settings.client(settings.slots());
        var next = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int slot = 0; slot < settings.slots(); slot++) {
                var _ = threads.submit(() -> {
                    while (true) {
                        PeerPush.send(batch(next, settings.conversations()), client);
                    }
                });
            }
        }
    }

    private static List<Event> batch(AtomicInteger next, int conversations) {
        var batch = new ArrayList<Event>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            int number = next.getAndIncrement();
            int conversation = number % conversations;
            batch.add(PeerPush.of(
                    new MessageId(conversation, number / conversations, number).toString(),
                    "c" + conversation,
                    "ana",
                    CONTENT,
                    Instant.now()));
        }
        return batch;
    }
}

package com.threadly.notification;

import static org.awaitility.Awaitility.await;

import com.threadly.events.OrderStatus;
import com.threadly.localstack.testing.Servers;
import com.threadly.pusherserver.PusherServer;
import com.threadly.pusherserver.PusherServerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;

/** A test's own inbox, empty topics and Pusher server, for worker processes that it launches and disturbs. */
final class InboxRig implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);

    /** One for the buyer, and the order's status. */
    private static final int PUSHES_AN_ORDER = 2;

    private final Servers servers;
    private final InboxFixture inbox;
    private final PusherServer pusher;
    private final TopicLog topics;
    private int orders;

    InboxRig(Servers servers) throws Exception {
        this.servers = servers;
        this.inbox = new InboxFixture(servers);
        this.pusher = PusherServer.start(RunningWorker.APP, PusherServerOptions.defaults());
        this.topics = new TopicLog(servers);
    }

    InboxFixture inbox() {
        return inbox;
    }

    PusherServer pusher() {
        return pusher;
    }

    TopicLog topics() {
        return topics;
    }

    RunningWorker launch() {
        return launch(Map.of());
    }

    RunningWorker launch(Map<String, String> settings) {
        return RunningWorker.launch(servers, inbox, pusher, settings);
    }

    /** Publishes this many more orders. */
    void order(int count) {
        order(count, Instant.now());
    }

    /** As the other, as if it were {@code at}. */
    void order(int count, Instant at) {
        topics.publish(
                IntStream.range(0, count)
                        .<SpecificRecord>mapToObj(_ -> SampleEvents.order(++orders, OrderStatus.SHIPPED))
                        .toList(),
                at);
    }

    /** The number published so far. */
    int orders() {
        return orders;
    }

    /** The number of pushes for this many orders, each pushed once. */
    static long pushes(int orders) {
        return (long) PUSHES_AN_ORDER * orders;
    }

    /** What the Pusher server has accepted. */
    long pushed() {
        return pusher.stats().eventsReceived();
    }

    /** The number of orders whose rows match {@code condition}. */
    int rows(String condition) {
        return Integer.parseInt(inbox.query("SELECT count(*) FROM notification WHERE type = 'order' AND " + condition)
                .getFirst());
    }

    /** Until every order has its row, pushed and marked; the database may be down meanwhile. */
    void awaitAllPushed() {
        await().atMost(LIMIT).ignoreExceptions().until(() -> rows("pushed_at IS NOT NULL") == orders);
    }

    @Override
    public void close() {
        topics.awaitNobody();
        topics.close();
        inbox.close();
        pusher.close();
    }
}

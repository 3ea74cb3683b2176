package com.threadly.pusherserver;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * One client's socket. Frames leave in the order of the calls; no call waits for the client. The queue of a slow client
 * is bounded: past the bound the connection is closed.
 */
final class Connection {

    /** What a queued frame costs in addition to its text. */
    private static final int FRAME_OVERHEAD = 128;
    /** How long a client that read too slowly has to read what was queued, the close frame included. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final String socketId;
    private final Session session;
    private final long maxQueuedBytes;
    private final Counters counters;
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Subscriptions subscriptions;
    private volatile long heardAt = System.nanoTime();
    private volatile boolean asked;
    private volatile @Nullable String user;

    Connection(String socketId, Session session, long maxQueuedBytes, Counters counters) {
        this.socketId = socketId;
        this.session = session;
        this.maxQueuedBytes = maxQueuedBytes;
        this.counters = counters;
        this.subscriptions = new Subscriptions(this, counters);
    }

    String socketId() {
        return socketId;
    }

    void signedIn(String userId) {
        user = userId;
    }

    /** Whether it is the channel that pusher-js itself subscribes to after signing in. Nothing is sent on it here. */
    boolean isOwn(String channel) {
        return user != null && channel.equals("#server-to-user-" + user);
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Sends a protocol message. */
    void send(String frame) {
        send(frame, false);
    }

    /** Sends an event; counts it once it is written. */
    void deliver(String frame) {
        send(frame, true);
    }

    private void send(String frame, boolean event) {
        if (closed.get()) {
            return;
        }
        int cost = frame.length() + FRAME_OVERHEAD;
        if (queuedBytes.addAndGet(cost) > maxQueuedBytes) {
            overflow();
            return;
        }
        session.sendText(frame, new Written(cost, event));
    }

    /** Sends the client the reason and closes. */
    void fail(int code, String message) {
        send(Frames.error(code, message));
        var _ = close(code, message);
    }

    /** Done when the close frame has been sent, or cannot be. */
    CompletableFuture<?> close(int code, String reason) {
        var sent = new Callback.Completable();
        if (closed.compareAndSet(false, true)) {
            session.close(code, reason, sent);
            leaveAll();
        } else {
            sent.succeed();
        }
        return sent;
    }

    /** The socket is gone. */
    void closed() {
        closed.set(true);
        leaveAll();
    }

    /** The client has shown a sign of life. */
    void heard() {
        heardAt = System.nanoTime();
        asked = false;
    }

    /** Pings a silent client, and closes the connection if it does not answer. */
    void checkAlive(Duration activityTimeout, Duration pongTimeout) {
        long silence = System.nanoTime() - heardAt;
        if (silence > activityTimeout.plus(pongTimeout).toNanos()) {
            fail(4201, "Pong reply not received");
        } else if (silence > activityTimeout.toNanos() && !asked) {
            asked = true;
            send(Frames.ping());
        }
    }

    private void overflow() {
        if (closed.compareAndSet(false, true)) {
            counters.overflows.increment();
            session.close(4100, "Over capacity: the client reads too slowly", Callback.NOOP);
            leaveAll();
            Thread.startVirtualThread(() -> {
                try {
                    Thread.sleep(LINGER);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                session.disconnect();
            });
        }
    }

    /** On a thread of its own: the caller may be inside a channel, and leaving takes other channels' locks. */
    private void leaveAll() {
        Thread.startVirtualThread(subscriptions::end);
    }

    private final class Written implements Callback {

        private final int cost;
        private final boolean event;

        Written(int cost, boolean event) {
            this.cost = cost;
            this.event = event;
        }

        @Override
        public void succeed() {
            queuedBytes.addAndGet(-cost);
            if (event) {
                counters.messagesDelivered.increment();
            }
        }

        @Override
        public void fail(Throwable cause) {
            queuedBytes.addAndGet(-cost);
        }
    }
}

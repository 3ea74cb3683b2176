package com.threadly.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Connections that announce a body, send nearly all of it and wait. Those that are closed come back after some seconds:
 * at once, they would fill the network rather than the memory. They begin evenly within that time, as they do later.
 */
public final class HangingBodies implements AutoCloseable {

    private static final Duration RETURN_AFTER = Duration.ofSeconds(10);

    private final int port;
    private final byte[] sent;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /** @param sent the head of a request and the part of its body that arrives */
    public HangingBodies(int port, int connections, byte[] sent) {
        this.port = port;
        this.sent = sent;
        for (int i = 0; i < connections; i++) {
            long after = RETURN_AFTER.toNanos() * i / connections;
            threads.add(Thread.startVirtualThread(() -> hang(after)));
        }
    }

    private void hang(long after) {
        LockSupport.parkNanos(after);
        while (!closed) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(sent);
                while (!closed && socket.getInputStream().read() >= 0) {
                    // The answer that gives it up, or nothing for a long time.
                }
            } catch (IOException e) {
                // Again.
            }
            LockSupport.parkNanos(RETURN_AFTER.toNanos());
        }
    }

    @Override
    public void close() {
        closed = true;
        // A read of a socket on a virtual thread ends when that is interrupted.
        threads.forEach(Thread::interrupt);
    }
}

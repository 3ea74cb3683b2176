package com.threadly.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** An address that leads to one server, and after a failover to another. Existing connections stay where they are. */
final class Relay implements AutoCloseable {

    private final ServerSocket address;
    private volatile int target;

    private Relay(ServerSocket address, int target) {
        this.address = address;
        this.target = target;
    }

    static Relay to(int target) {
        try {
            var relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
            Thread.ofVirtual().start(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return address.getLocalPort();
    }

    void leadTo(int other) {
        target = other;
    }

    private void accept() {
        while (!address.isClosed()) {
            try {
                Socket near = address.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                Thread.ofVirtual().start(() -> copy(near, far));
                Thread.ofVirtual().start(() -> copy(far, near));
            } catch (IOException e) {
                // Closed, or nobody is there: the client will notice.
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // Either end hung up.
        }
    }

    @Override
    public void close() {
        try {
            address.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

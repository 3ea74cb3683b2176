package com.threadly.stack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Ports of the loopback interface that nothing listens on; none is handed out twice. */
public final class FreePorts {

    // Below the range that Linux and macOS take outgoing connections from: one of those could otherwise take a port
    // between its choice here and its use.
    private static final int LOWEST = 20_000;
    private static final int BEYOND = 32_000;

    private final RandomGenerator random;
    private final Set<Integer> handedOut = new HashSet<>();

    public FreePorts(RandomGenerator random) {
        this.random = random;
    }

    public synchronized int next() {
        for (int attempt = 0; attempt < BEYOND - LOWEST; attempt++) {
            int port = random.nextInt(LOWEST, BEYOND);
            if (isFree(port) && handedOut.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "No free port between " + LOWEST + " and " + BEYOND + ". Stop what listens there, or set the ports.");
    }

    /** A port that somebody chose must be free when {@code user} is about to listen on it. */
    public static void requireFree(int port, String user) {
        if (!isFree(port)) {
            throw new IllegalStateException("Port " + port + " is taken, so " + user
                    + " cannot listen on it. Stop what listens there, or choose another port.");
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}

package com.threadly.localstack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Ports of the loopback interface that nothing listens on; none is handed out twice.
 *
 * <p>Of processes that choose at the same time, two could choose one port before either listens on it. Those that run side
 * by side, such as the JVMs of a test run, are therefore numbered from 1 by the system property {@code threadly.fork}, and
 * each takes its ports from a share of its own.
 */
public final class FreePorts {

    // Below the range that Linux and macOS take outgoing connections from: one of those could otherwise take a port
    // between its choice here and its use.
    private static final int LOWEST = 20_000;
    private static final int BEYOND = 32_000;

    private static final int SHARES = 8;
    private static final int SHARE = (BEYOND - LOWEST) / SHARES;

    private final RandomGenerator random;
    private final int lowest;
    private final int beyond;
    private final Set<Integer> handedOut = new HashSet<>();

    public FreePorts(RandomGenerator random) {
        this(random, Integer.getInteger("threadly.fork", 0));
    }

    /** {@code fork} is the number of this process among those side by side, 0 for one that is alone. */
    FreePorts(RandomGenerator random, int fork) {
        this.random = random;
        this.lowest = fork == 0 ? LOWEST : LOWEST + (fork - 1) % SHARES * SHARE;
        this.beyond = fork == 0 ? BEYOND : lowest + SHARE;
    }

    public synchronized int next() {
        for (int attempt = 0; attempt < BEYOND - LOWEST; attempt++) {
            int port = random.nextInt(lowest, beyond);
            if (isFree(port) && handedOut.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "No free port between " + lowest + " and " + beyond + ". Stop what listens there, or set the ports.");
    }

    /** Those handed out that somebody listens on now. */
    public synchronized Set<Integer> taken() {
        return handedOut.stream().filter(port -> !isFree(port)).collect(Collectors.toUnmodifiableSet());
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

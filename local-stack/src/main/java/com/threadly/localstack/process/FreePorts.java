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
 * Free ports of the loopback interface; none is handed out twice.
 *
 * <p>Two processes that choose at the same time could choose the same port before either listens on it. Parallel ones,
 * such as the JVMs of a test run, are therefore numbered from 1 by the system property {@code threadly.fork}, and each
 * takes ports from its own share.
 */
public final class FreePorts {

    // Below the range of outgoing connections on Linux and macOS: one of those could otherwise take a chosen port
    // before it is used.
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

    /** {@code fork} is the number of this process among parallel ones, 0 for one that is alone. */
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

    /** Those handed out that a program now listens on. */
    public synchronized Set<Integer> taken() {
        return handedOut.stream().filter(port -> !isFree(port)).collect(Collectors.toUnmodifiableSet());
    }

    /** Fails if the chosen port is not free for {@code user}. */
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

package com.threadly.localstack.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An address that leads to a server on this machine, over a connection that can be cut, stalled and slowed down. */
public final class TcpProxy implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;
    private static final int BACKLOG = 50;

    /** How the connection is. */
    private sealed interface State {
        /** Each piece of data arrives this much later. */
        record Passing(Duration delay) implements State {}

        /** Connections exist and nothing arrives, as where packets are lost. */
        record Stalled() implements State {}

        /** Connections are reset, and new ones refused. */
        record Cut() implements State {}
    }

    private static final State WELL = new State.Passing(Duration.ZERO);

    private final ServerSocket address;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private State state = WELL;

    private TcpProxy(ServerSocket address, int target) {
        this.address = address;
        this.target = target;
    }

    /** On any free port. */
    public static TcpProxy to(int target) {
        return start(0, target);
    }

    /** Listens on {@code port}, and leads to the port {@code target}; nobody needs to listen there yet. */
    public static TcpProxy start(int port, int target) {
        try {
            var proxy = new TcpProxy(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()), target);
            Thread.ofVirtual().name("proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port, e);
        }
    }

    public int port() {
        return address.getLocalPort();
    }

    /** New connections lead to {@code other}; existing ones stay where they are. */
    public void leadTo(int other) {
        target = other;
    }

    /** Resets all connections, and refuses new ones until {@link #heal}. */
    public void cut() {
        set(new State.Cut());
        sockets.forEach(TcpProxy::reset);
    }

    /** Holds everything back until {@link #heal}; then it arrives. */
    public void stall() {
        set(new State.Stalled());
    }

    /** Delays each piece of data by {@code delay}, in both directions. */
    public void slow(Duration delay) {
        set(new State.Passing(delay));
    }

    public void heal() {
        set(WELL);
    }

    private synchronized void set(State now) {
        state = now;
        notifyAll();
    }

    private void accept() {
        while (!address.isClosed()) {
            try {
                Socket near = address.accept();
                Socket far = isCut() ? null : connect();
                if (far == null) {
                    reset(near);
                } else {
                    sockets.add(near);
                    sockets.add(far);
                    Thread.ofVirtual().name("proxy-there").start(() -> copy(near, far));
                    Thread.ofVirtual().name("proxy-back").start(() -> copy(far, near));
                }
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private synchronized boolean isCut() {
        return state instanceof State.Cut;
    }

    private @Nullable Socket connect() {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException nobodyThere) {
            return null;
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            var buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitPassage();
                out.write(buffer, 0, read);
            }
            awaitPassage();
        } catch (IOException e) {
            // Either end hung up, or the connection was cut.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void awaitPassage() throws InterruptedException {
        Duration delay;
        synchronized (this) {
            while (state instanceof State.Stalled) {
                wait();
            }
            delay = state instanceof State.Passing(Duration set) ? set : Duration.ZERO;
        }
        if (!delay.isZero()) {
            Thread.sleep(delay);
        }
    }

    /** With RST rather than FIN: a program sees an error, not the end of the other's data. */
    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            // It is gone in any case.
        }
    }

    @Override
    public void close() {
        cut();
        try {
            address.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

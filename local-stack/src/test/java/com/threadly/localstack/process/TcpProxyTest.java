package com.threadly.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private ServerSocket echo;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> serve(echo));
        proxy = TcpProxy.to(echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void passesDataBothWaysAlsoWhenItIsSlow() throws IOException {
        try (Socket client = connect()) {
            assertThat(echoed(client, 1)).isEqualTo(1);
            proxy.slow(Duration.ofMillis(1));
            assertThat(echoed(client, 2)).isEqualTo(2);
        }
    }

    @Test
    void deliversWhatItHeldBack() throws Exception {
        try (Socket client = connect()) {
            assertThat(echoed(client, 1)).isEqualTo(1);
            proxy.stall();
            client.getOutputStream().write(2);
            client.setSoTimeout(50);
            InputStream in = client.getInputStream();
            assertThatThrownBy(in::read).isInstanceOf(IOException.class);

            proxy.heal();
            client.setSoTimeout(0);
            assertThat(in.read()).isEqualTo(2);
        }
    }

    @Test
    void cutsConnectionsAndRefusesNewOnesUntilItIsHealed() throws IOException {
        try (Socket client = connect()) {
            assertThat(echoed(client, 1)).isEqualTo(1);
            proxy.cut();
            assertThat(isUsable(client)).isFalse();
            try (Socket another = connect()) {
                assertThat(isUsable(another)).isFalse();
            }
        }
        proxy.heal();
        try (Socket client = connect()) {
            assertThat(echoed(client, 3)).isEqualTo(3);
        }
    }

    @Test
    void findsItsServerAgainAndMayLeadToAnother() throws IOException {
        try (var other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            echo.close();
            await().until(() -> {
                try (Socket client = connect()) {
                    return !isUsable(client);
                }
            });
            Thread.ofVirtual().start(() -> serve(other));
            proxy.leadTo(other.getLocalPort());
            try (Socket client = connect()) {
                assertThat(echoed(client, 4)).isEqualTo(4);
            }
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private static int echoed(Socket client, int value) throws IOException {
        client.getOutputStream().write(value);
        return client.getInputStream().read();
    }

    private static boolean isUsable(Socket client) {
        try {
            return echoed(client, 9) == 9;
        } catch (IOException reset) {
            return false;
        }
    }

    private static void serve(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> {
                    try (client) {
                        client.getInputStream().transferTo(client.getOutputStream());
                    } catch (IOException gone) {
                        // The client hung up.
                    }
                });
            } catch (IOException closed) {
                // The test is over.
            }
        }
    }
}

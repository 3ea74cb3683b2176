package com.threadly.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void neverHandsOutOnePortTwice() {
        FreePorts ports = new FreePorts(new Random(1));
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            assertThat(seen.add(ports.next())).isTrue();
        }
    }

    @Test
    void processesSideBySideNeverChooseTheSame() {
        Set<Integer> seen = new HashSet<>();
        for (int fork = 1; fork <= 8; fork++) {
            FreePorts ports = new FreePorts(new Random(4), fork);
            for (int i = 0; i < 100; i++) {
                assertThat(seen.add(ports.next())).isTrue();
            }
        }
    }

    @Test
    void passesOverAPortThatSomebodyListensOn() throws Exception {
        int first = new FreePorts(new Random(2)).next();
        try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            assertThat(new FreePorts(new Random(2)).next()).isNotEqualTo(taken.getLocalPort());
        }
    }
}

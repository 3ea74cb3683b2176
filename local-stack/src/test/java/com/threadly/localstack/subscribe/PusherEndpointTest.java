package com.threadly.localstack.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PusherEndpointTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            127.0.0.1:6001, false, ws://127.0.0.1:6001
            [::1]:6001,     false, ws://[::1]:6001
            ws.example.com, true,  wss://ws.example.com:443
            ws.example.com, false, ws://ws.example.com:80
            """)
    void readsHostAndPort(String address, boolean tls, String expected) {
        assertThat(PusherEndpoint.of("k", address, tls)).hasToString(expected);
        assertThat(PusherEndpoint.of("k", address, tls).options().buildUrl("k")).startsWith(expected + "/app/k");
    }

    @Test
    void refusesWhatIsNoHost() {
        assertThatIllegalArgumentException().isThrownBy(() -> PusherEndpoint.of("k", "a b", true));
        assertThatIllegalArgumentException().isThrownBy(() -> PusherEndpoint.of("k", "", true));
    }

    @Test
    void spreadsSubscriptionsEvenly() {
        List<Subscription> all = IntStream.range(0, 10)
                .mapToObj(n -> new Subscription("c" + n, null))
                .toList();

        assertThat(Subscribers.spread(all, 4))
                .hasSize(4)
                .allSatisfy(share -> assertThat(share).hasSizeBetween(2, 3));
        assertThat(Subscribers.spread(all, 4).stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(Subscribers.spread(all.subList(0, 2), 4)).hasSize(2);
    }
}

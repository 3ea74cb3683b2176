package com.threadly.benchmarks.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private final Arrivals arrivals = new Arrivals(2, 3);

    @Test
    void findsEveryMessageOfABatch() {
        take("0/0/0", "1/0/1", "0/1/2");

        StubReport report = arrivals.report();
        assertThat(report.requests()).isEqualTo(1);
        assertThat(report.received()).isEqualTo(3);
        assertThat(report.hot()).isEqualTo(2);
        assertThat(report.inOrderAndOnce()).isTrue();
        assertThat(arrivals.times()).containsOnly(7);
    }

    @Test
    void tellsAMessageThatComesTwice() {
        take("0/0/0");
        take("0/0/0");

        assertThat(arrivals.report().late()).isEqualTo(1);
        assertThat(arrivals.report().inOrderAndOnce()).isFalse();
    }

    @Test
    void tellsAMessageThatIsOvertaken() {
        take("1/1/1");
        take("1/0/0");

        assertThat(arrivals.report().missed()).isEqualTo(1);
        assertThat(arrivals.report().late()).isEqualTo(1);
    }

    @Test
    void itsReportSurvivesTheWayToTheBenchmark() {
        take("0/0/0", "1/1/1");
        StubReport report = arrivals.report();

        assertThat(StubReport.of(report.asProperties())).isEqualTo(report);
    }

    /** As pusher-http-java writes it. */
    private void take(String... ids) {
        String body = Arrays.stream(ids)
                .map(id ->
                        "{\"channel\":\"private-conversation-c\",\"name\":\"new-message\",\"data\":\"{\\\"id\\\":\\\""
                                + id + "\\\",\\\"senderId\\\":\\\"ana\\\"}\"}")
                .collect(Collectors.joining(",", "{\"batch\":[", "]}"));
        byte[] bytes = ("head " + body).getBytes(StandardCharsets.UTF_8);
        arrivals.take(bytes, 5, bytes.length, 7);
    }
}

package com.threadly.runtime.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TraceScopeTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @ParameterizedTest
    @CsvSource({
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future-brings",
    })
    void logLinesCarryTheTraceWhileTheScopeIsOpen(String header) {
        try (var _ = TraceScope.of(headers(header))) {
            assertThat(MDC.get(TraceScope.TRACE_ID)).isEqualTo(TRACE);
        }
        assertThat(MDC.get(TraceScope.TRACE_ID)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f35-00f067aa0ba902b7-01"
            })
    void whatIsNoTraceparentIsLeftOut(String header) {
        try (var _ = TraceScope.of(headers(header))) {
            assertThat(MDC.get(TraceScope.TRACE_ID)).isNull();
        }
    }

    @Test
    void aRecordNeedsNoTrace() {
        try (var _ = TraceScope.of(new RecordHeaders())) {
            assertThat(MDC.get(TraceScope.TRACE_ID)).isNull();
        }
    }

    private static RecordHeaders headers(String traceparent) {
        var headers = new RecordHeaders();
        headers.add("traceparent", traceparent.getBytes(StandardCharsets.US_ASCII));
        return headers;
    }
}

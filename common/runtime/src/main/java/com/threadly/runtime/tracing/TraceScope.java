package com.threadly.runtime.tracing;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.slf4j.MDC;

/**
 * While open, log lines of this thread carry the {@code trace_id} of a record's {@code traceparent} header (W3C Trace
 * Context), if there is one.
 *
 * <pre>{@code
 * try (var _ = TraceScope.of(record.headers())) {
 *     log.atWarn().log("dead letter");
 * }
 * }</pre>
 */
public final class TraceScope implements AutoCloseable {

    static final String TRACE_ID = "trace_id";

    private static final String HEADER = "traceparent";
    /** Later versions may append fields. */
    private static final Pattern FORM = Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-.*");

    private TraceScope() {}

    /** Opens a scope on this thread; scopes do not nest. */
    public static TraceScope of(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        if (header != null && header.value() != null) {
            Matcher trace = FORM.matcher(new String(header.value(), StandardCharsets.US_ASCII));
            if (trace.matches()) {
                MDC.put(TRACE_ID, trace.group(1));
            }
        }
        return new TraceScope();
    }

    @Override
    public void close() {
        MDC.remove(TRACE_ID);
    }
}

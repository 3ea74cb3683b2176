package com.threadly.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TextLogTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final LoggerContext context = new LoggerContext();
    private final LogbackMDCAdapter trace = new LogbackMDCAdapter();

    @BeforeEach
    void configure() throws JoranException {
        context.setMDCAdapter(trace);
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(getClass().getResource("/logback.xml")));
        var console = (ConsoleAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("CONSOLE");
        console.setOutputStream(bytes);
    }

    @Test
    void writesOneLinePerEventWithItsFields() {
        log().atWarn().addKeyValue("topic", "orders").log("{} failed", "one");
        log().atWarn().log("another");

        assertThat(written().lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("one failed topic=\"orders\""),
                        line -> assertThat(line).endsWith("another "));
    }

    @Test
    void writesTheTraceAndTheExceptionWithoutSecrets() {
        trace.put("trace_id", "abc");
        log().atError()
                .setCause(new IllegalStateException("no answer from http://ana:hidden@registry:8081/"))
                .log("asking http://ana:hidden@registry:8081/ failed");

        assertThat(written())
                .contains("trace_id=abc", "IllegalStateException", "registry:8081")
                .doesNotContain("hidden", "%");
    }

    private Logger log() {
        return context.getLogger("com.threadly.Some");
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

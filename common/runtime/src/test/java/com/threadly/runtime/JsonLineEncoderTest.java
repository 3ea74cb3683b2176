package com.threadly.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonLineEncoderTest {

    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final LoggerContext context = new LoggerContext();
    private final Logger log = context.getLogger("com.threadly.Some");

    @BeforeEach
    void listen() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        events.start();
        log.setLevel(Level.DEBUG);
        log.addAppender(events);
    }

    @Test
    void writesTheMessageWithItsArgumentsAndTheFieldsAsAnObject() throws IOException {
        log.atWarn()
                .addKeyValue("topic", "orders \"a\"\n")
                .addKeyValue("partition", 3)
                .addKeyValue("offset", 1L << 40)
                .addKeyValue("nothing", (Object) null)
                .log("{} of {} failed", "one", 2);

        JsonNode line = onlyLine();

        assertThat(line.path("message").textValue()).isEqualTo("one of 2 failed");
        assertThat(line.path("level").textValue()).isEqualTo("WARN");
        assertThat(line.path("logger").textValue()).isEqualTo("com.threadly.Some");
        assertThat(Instant.parse(line.path("timestamp").textValue())).isBeforeOrEqualTo(Instant.now());
        assertThat(line.path("fields").path("topic").textValue()).isEqualTo("orders \"a\"\n");
        assertThat(line.path("fields").path("partition").intValue()).isEqualTo(3);
        assertThat(line.path("fields").path("offset").longValue()).isEqualTo(1L << 40);
        assertThat(line.path("fields").has("nothing")).isTrue();
        assertThat(line.has("exception")).isFalse();
    }

    @Test
    void writesTheWholeExceptionOnTheSameLine() throws IOException {
        log.atError()
                .setCause(new IllegalStateException("outer", new IOException("inner")))
                .log("failed");

        assertThat(onlyLine().path("exception").textValue())
                .contains("IllegalStateException: outer", "Caused by: java.io.IOException: inner", "\tat ");
    }

    @Test
    void showsNoSecret() throws IOException {
        log.atInfo()
                .addKeyValue("settings", Map.of("URL", "https://ana:hidden@host"))
                .addKeyValue("password", "a hidden \"hidden")
                .setCause(new IOException("https://host/?token=hidden"))
                .log("asking {}", "https://hidden@host");

        assertThat(onlyLine().toString()).contains("********@host").doesNotContain("hidden");
    }

    private JsonNode onlyLine() throws IOException {
        String text = new String(new JsonLineEncoder().encode(events.list.getFirst()), StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n").containsOnlyOnce("\n");
        return new ObjectMapper().readTree(text);
    }
}

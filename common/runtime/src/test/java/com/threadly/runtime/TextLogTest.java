package com.threadly.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    static Stream<Arguments> nothingThatIsLoggedEndsItsLine() {
        return Stream.of(
                arguments("\n", "\\n"),
                arguments("\r", "\\r"),
                arguments("\r\n", "\\r\\n"),
                arguments("\t", "\\t"),
                arguments("\0", "\\u0000"),
                arguments("\b", "\\u0008"),
                arguments("\013", "\\u000b"),
                arguments("\f", "\\u000c"),
                arguments("\033[2K\033[1A", "\\u001b[2K\\u001b[1A"),
                arguments("\u007f", "\\u007f"),
                arguments("\u0085", "\\u0085"),
                arguments("\u009b2K", "\\u009b2K"),
                arguments("\u2028", "\\u2028"),
                arguments("\u2029", "\\u2029"),
                arguments("\u202e", "\\u202e"),
                arguments("\udb40\udc41", "\\udb40\\udc41"),
                arguments("\ud83d", "\\ud83d"));
    }

    @ParameterizedTest
    @MethodSource
    void nothingThatIsLoggedEndsItsLine(String harmful, String escaped) {
        String text = "x" + harmful + "12:00:00.000 INFO y";
        trace.put("trace_id", text);
        log().atWarn().addKeyValue("path", text).setCause(failure(text)).log("no {}", text);

        String shown = "x" + escaped + "12:00:00.000 INFO y";
        assertThat(written().split("[\\p{Cc}\\p{Zl}\\p{Zp}&&[^\t]]", -1))
                .filteredOn(line -> !line.matches("\t*(at |\\.\\.\\. ).*"))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains("WARN", "no " + shown + " path=\"" + shown + "\" trace_id=" + shown),
                        line -> assertThat(line).isEqualTo("java.lang.IllegalStateException: " + shown),
                        line -> assertThat(line).isEqualTo("\tSuppressed: java.io.IOException: " + shown),
                        line -> assertThat(line).isEqualTo("Caused by: " + shown + " of its own"),
                        line -> assertThat(line).isEmpty());
    }

    @Test
    void whatIsHarmlessStays() {
        log().atWarn().addKeyValue("name", "C:\\new").log("Schönes Kleid 👗, 日本");

        assertThat(written()).contains("Schönes Kleid 👗, 日本 name=\"C:\\new\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization:\nBearer hidden-1", "password=\nhidden-1", "password=x\nhidden-1"})
    void aSecretOnALineOfItsOwnIsMasked(String text) {
        log().atWarn().setCause(failure(text)).log(text);

        assertThat(written()).doesNotContain("hidden-1");
    }

    /** Logback shows what toString gives, where it is not the usual. */
    @SuppressWarnings("OverrideThrowableToString")
    private static Throwable failure(String text) {
        var cause = new Exception(text) {
            @Override
            public String toString() {
                return text + " of its own";
            }
        };
        var failure = new IllegalStateException(text, cause);
        failure.addSuppressed(new IOException(text));
        return failure;
    }

    private Logger log() {
        return context.getLogger("com.threadly.Some");
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

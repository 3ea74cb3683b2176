package com.threadly.deadletter.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.Topics;
import com.threadly.runtime.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DeadLetterCommandsTest {

    private final StringWriter err = new StringWriter();
    private final CommandLine dlq = DeadLetterCommands.of(
                    DeadLetterSamples.WORKER,
                    List.of(Topics.MESSAGE_EVENTS, Topics.TYPING_EVENTS),
                    (_, _) -> Optional.of(DeadLetterSamples.WORKER),
                    () -> Settings.of(Map.of()))
            .setErr(new PrintWriter(err));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| Missing required subcommand",
                "redrive | --all",
                "redrive --all --reason REJECTED | mutually exclusive",
                "redrive --offset 3 | PARTITION:OFFSET",
                "redrive --offset 3:17 | --offset needs --topic",
                "redrive --reason SILLY | UNDECODABLE",
                "list --topic order-events | does not read the topic order-events; choose one of"
                        + " message-events, typing-events",
                "skip | TOPIC-PARTITION@OFFSET",
                "skip message-events | expected TOPIC-PARTITION@OFFSET, such as message-events-3@17",
                "skip order-events-3@17 | does not read the topic order-events; choose one of"
                        + " message-events, typing-events",
                "list | KAFKA_BOOTSTRAP_SERVERS is not set",
                "show | SCHEMA_REGISTRY_URL is not set"
            })
    void sayWhatIsWrongWithArgumentsAndSettings(String line, String complaint) {
        int exitCode = dlq.execute(line == null ? new String[0] : line.split(" ", -1));

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains(complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"redrive --all", "redrive --all --dry-run", "list"})
    void claimNothingThatKafkaDidNotSay(String line) {
        var out = new StringWriter();
        int exitCode = DeadLetterCommands.of(
                        DeadLetterSamples.WORKER,
                        List.of(Topics.MESSAGE_EVENTS),
                        (_, _) -> Optional.of(DeadLetterSamples.WORKER),
                        () -> Settings.of(Map.of(
                                "KAFKA_BOOTSTRAP_SERVERS",
                                "127.0.0.1:1",
                                "KAFKA_DEFAULT_API_TIMEOUT_MS",
                                "500",
                                "KAFKA_REQUEST_TIMEOUT_MS",
                                "500")))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line.split(" ", -1));

        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("Kafka did not complete the request");
        assertThat(err.toString().contains("redrive ended early")).isEqualTo(line.equals("redrive --all"));
    }

    @Test
    void helpNeedsNothing() {
        assertThat(dlq.setOut(new PrintWriter(new StringWriter())).execute("redrive", "--help"))
                .isZero();
    }
}

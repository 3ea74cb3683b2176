package com.threadly.localstack.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.RunningStack;
import com.threadly.localstack.traffic.Emission;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EmitCommandTest {

    private static final String GOOD = "{\"conversationId\":\"c%d\",\"userId\":\"u\",\"typing\":true}%n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Emission<?>> published = new ArrayList<>();

    private final EventPublisher publisher = events -> {
        published.addAll(events);
        Sent sent = new Sent("broker:9092");
        for (int n = 0; n < events.size(); n++) {
            sent.add(new RecordMetadata(new TopicPartition("typing-events", n % 2), 10, n / 2, 0, 0, 0));
        }
        return sent;
    };

    @Test
    void sendsEveryLineInOrderAndSaysWhere() {
        assertThat(emit(
                        String.format(Locale.ROOT, GOOD, 1) + "\n \n" + String.format(Locale.ROOT, GOOD, 2)
                                + String.format(Locale.ROOT, GOOD, 3),
                        "typing-events"))
                .isZero();

        assertThat(published.stream().map(Emission::key)).containsExactly("c1", "c2", "c3");
        assertThat(out.toString(UTF_8))
                .isEqualTo(
                        "Sent 3 events to typing-events at broker:9092: partition 0 offsets 10-11, partition 1 offset 10%n"
                                .formatted());
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void sendsNothingWhenALineIsBad() {
        String input = String.format(Locale.ROOT, GOOD, 1) + "\n{\"typing\":1}\n" + String.format(Locale.ROOT, GOOD, 2)
                + "no json";

        assertThat(emit(input, "typing-events")).isEqualTo(1);

        assertThat(published).isEmpty();
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8))
                .contains(
                        "line 3: ",
                        "typing must be true or false, not 1",
                        "line 5: not JSON",
                        "Nothing was sent: 2 lines")
                .doesNotContain("line 1:", "line 4:");
    }

    @Test
    void sendsTheOthersWhenAskedTo() {
        assertThat(emit("no json\n" + String.format(Locale.ROOT, GOOD, 1), "typing-events", "--skip-bad"))
                .isZero();

        assertThat(published).hasSize(1);
        assertThat(err.toString(UTF_8)).startsWith("line 1: not JSON");
    }

    @Test
    void aDryRunSendsNothing() {
        assertThat(emit(String.format(Locale.ROOT, GOOD, 1), "typing-events", "--dry-run"))
                .isZero();
        assertThat(emit("no json", "typing-events", "--dry-run")).isEqualTo(1);

        assertThat(published).isEmpty();
        assertThat(out.toString(UTF_8)).contains("1 event would go to typing-events");
    }

    @Test
    void takesAByteOrderMarkAndWindowsLinesButNoLatin1() {
        assertThat(emit(
                        "\uFEFF" + String.format(Locale.ROOT, GOOD, 1).strip() + "\r\n"
                                + String.format(Locale.ROOT, GOOD, 2),
                        "typing-events"))
                .isZero();
        assertThat(emit(
                        String.format(Locale.ROOT, GOOD, 3).replace("c3", "é").getBytes(ISO_8859_1),
                        publisher,
                        "typing-events"))
                .isEqualTo(1);

        assertThat(published.stream().map(Emission::key)).containsExactly("c1", "c2");
        assertThat(err.toString(UTF_8)).startsWith("line 1: not UTF-8");
    }

    @Test
    void namesTheTopicsWhenItDoesNotKnowOne() {
        assertThat(emit("", "orders")).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("There is no topic orders", "order-events", "user-presence");
    }

    @Test
    void saysHowToGoOnWhenNothingRuns(@TempDir Path home) {
        EventPublisher nowhere = new StackEventPublisher(new RunningStack(home, Map.of()));

        assertThat(emit(String.format(Locale.ROOT, GOOD, 1).getBytes(UTF_8), nowhere, "typing-events"))
                .isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("./threadly demo", "KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void saysWhyKafkaDidNotTakeIt() {
        EventPublisher refusing = _ -> {
            throw new KafkaException("Kafka did not accept an event", new IllegalStateException("no such topic"));
        };

        assertThat(emit(String.format(Locale.ROOT, GOOD, 1).getBytes(UTF_8), refusing, "typing-events"))
                .isEqualTo(1);

        assertThat(err.toString(UTF_8)).contains("no such topic", "Is the stack still running?");
    }

    private int emit(String input, String... arguments) {
        return emit(input.getBytes(UTF_8), publisher, arguments);
    }

    private int emit(byte[] input, EventPublisher to, String... arguments) {
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        return new CommandLine(new EmitCommand(terminal, to, Clock.systemUTC())).execute(arguments);
    }
}

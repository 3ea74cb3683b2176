package com.threadly.localstack.command;

import com.threadly.events.Topic;
import com.threadly.events.Topics;
import com.threadly.localstack.NotRunningException;
import com.threadly.localstack.RunningStack;
import com.threadly.localstack.traffic.Emission;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code emit TOPIC}: publishes your own events. */
@Command(
        name = "emit",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes events from standard input, one JSON object per line, to the running stack.",
            "Optional fields may be omitted; eventId and occurredAt are generated if omitted.",
            "Times are ISO-8601 or milliseconds since 1970. If any line is bad, nothing is sent."
        })
public final class EmitCommand implements Callable<Integer> {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final Terminal terminal;
    private final EventPublisher publisher;
    private final Clock clock;

    @Parameters(paramLabel = "TOPIC", description = "A topic such as order-events or message-events.")
    private String topic = "";

    @Option(names = "--skip-bad", description = "Send the good lines even if others are bad.")
    private boolean skipBad;

    @Option(names = "--dry-run", description = "Check the lines and send nothing.")
    private boolean dryRun;

    public EmitCommand(Terminal terminal, RunningStack stack, Clock clock) {
        this(terminal, new StackEventPublisher(stack), clock);
    }

    EmitCommand(Terminal terminal, EventPublisher publisher, Clock clock) {
        this.terminal = terminal;
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<Topic<?>> known = Topics.named(topic);
        if (known.isEmpty()) {
            terminal.err()
                    .println("There is no topic " + topic + "; there are "
                            + Topics.all().stream().map(Topic::name).collect(Collectors.joining(", ")));
            return USAGE;
        }
        List<Line> lines = Lines.read(terminal.in(), new JsonEventReader<>(known.get(), clock, UUID::randomUUID));
        List<Line.Bad> bad = only(Line.Bad.class, lines);
        bad.forEach(terminal.err()::println);
        if (!bad.isEmpty() && !skipBad) {
            terminal.err()
                    .printf("Nothing was sent: %s bad. --skip-bad sends the others.%n", count(bad.size(), "line is"));
            return FAILED;
        }
        return send(only(Line.Good.class, lines).stream()
                .<Emission<?>>map(Line.Good::emission)
                .toList());
    }

    private int send(List<Emission<?>> events) throws InterruptedException {
        String what = count(events.size(), "event");
        if (dryRun || events.isEmpty()) {
            terminal.out().printf("Nothing was sent; %s would go to %s%n", what, topic);
            return OK;
        }
        try {
            terminal.out().printf("Sent %s to %s %s%n", what, topic, publisher.publish(events));
            return OK;
        } catch (NotRunningException nowhere) {
            terminal.err().println(nowhere.getMessage());
            return USAGE;
        } catch (KafkaException refused) {
            Throwable cause = refused.getCause() == null ? refused : refused.getCause();
            terminal.err().printf("%s: %s%nIs the stack still running?%n", refused.getMessage(), cause.getMessage());
            return FAILED;
        }
    }

    private static <L extends Line> List<L> only(Class<L> kind, List<Line> lines) {
        return lines.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static String count(int number, String one) {
        return number == 1 ? "1 " + one : number + " " + (one.equals("line is") ? "lines are" : one + "s");
    }
}

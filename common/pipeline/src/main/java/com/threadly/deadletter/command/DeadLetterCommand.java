package com.threadly.deadletter.command;

import com.threadly.runtime.retry.Causes;
import com.threadly.runtime.settings.InvalidSettingsException;
import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.Secrets;
import com.threadly.runtime.settings.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The base of the commands: settings, a topic, and exit codes. 0 when all was done, 1 when Kafka failed or a dead
 * letter was skipped, 2 when arguments or settings are wrong.
 */
abstract class DeadLetterCommand implements Callable<Integer> {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG = 2;

    private final DeadLetterSource source;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Option(names = "--topic", description = "Only dead letters of this source topic.")
    private @Nullable String topic;

    DeadLetterCommand(DeadLetterSource source) {
        this.source = source;
    }

    /** Runs the command; false when a dead letter was skipped. */
    abstract boolean run(Settings settings, KafkaSettings kafka) throws InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        if (topic != null) {
            requireTopic(topic);
        }
        try {
            Settings settings = source.settings().get();
            return run(settings, KafkaSettings.from(settings)) ? DONE : FAILED;
        } catch (InvalidSettingsException e) {
            e.problems().forEach(err()::println);
            return WRONG;
        } catch (KafkaException e) {
            err().println("Kafka did not complete the request; check its brokers and KAFKA_BOOTSTRAP_SERVERS: "
                    + Secrets.masked(Causes.rootMessage(e)));
            return FAILED;
        }
    }

    /** Passes all dead letters of the chosen topics to {@code reader}; false when a dead letter topic is missing. */
    final boolean read(KafkaSettings kafka, DeadLetterReader.Reader reader) throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer = source.consumer(kafka)) {
            var deadLetters =
                    new DeadLetterReader(consumer, source.worker(), topic == null ? source.topics() : List.of(topic));
            deadLetters.read(reader);
            deadLetters
                    .missing()
                    .forEach(missing -> err().println(
                                    "the topic %s does not exist; create it: the worker waits at the first bad record"
                                            .formatted(missing)));
            return deadLetters.missing().isEmpty();
        }
    }

    final void requireTopic(String read) {
        if (!source.topics().contains(read)) {
            throw wrong("%s does not read the topic %s; choose one of %s"
                    .formatted(source.worker(), read, String.join(", ", source.topics())));
        }
    }

    /** A position belongs to a topic. */
    final void requireTopicFor(@Nullable Position position) {
        if (position != null && topic == null && source.topics().size() > 1) {
            throw wrong("--offset needs --topic, one of " + String.join(", ", source.topics()));
        }
    }

    final DeadLetterSource source() {
        return source;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

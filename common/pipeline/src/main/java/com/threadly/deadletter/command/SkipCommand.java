package com.threadly.deadletter.command;

import com.threadly.pipeline.SkippedRanges;
import com.threadly.runtime.retry.UnavailableException;
import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.Settings;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dlq skip}. */
@Command(
        name = "skip",
        mixinStandardHelpOptions = true,
        description = {
            "Lets the worker continue behind records that cannot be read, such as a damaged batch: they are lost.",
            "The worker may be running."
        })
final class SkipCommand extends DeadLetterCommand {

    @Parameters(
            paramLabel = "TOPIC-PARTITION@OFFSET",
            description = "Where the worker has stopped, as its log and its health say.")
    private @Nullable UnreadablePlace place;

    @Option(
            names = "--force",
            description = "Skip the record at OFFSET although this command can read it: the worker's heap is smaller.")
    private boolean force;

    SkipCommand(DeadLetterSource source) {
        super(source);
    }

    @Override
    boolean run(Settings settings, KafkaSettings kafka) throws InterruptedException {
        UnreadablePlace from = place;
        if (from == null) {
            throw wrong("TOPIC-PARTITION@OFFSET is missing");
        }
        requireTopic(from.partition().topic());
        Optional<String> group = source().groups().of(settings, from.partition().topic());
        settings.verify();
        long to = end(kafka, from);
        if (to == from.offset() && force) {
            to++;
        }
        if (to == from.offset()) {
            err().println(String.format(
                    Locale.ROOT,
                    "%s can be read at %d; if the worker cannot, as its heap is smaller, add --force",
                    from.partition(),
                    from.offset()));
            return false;
        }
        if (group.isEmpty()) {
            err().println(String.format(
                    Locale.ROOT,
                    "Kafka Streams reads %s, which cannot be read from %d to %d: stop all processes of %s, then run"
                            + " kafka-consumer-groups.sh --group %s --topic %s:%d --reset-offsets --to-offset %d --execute",
                    from.partition(),
                    from.offset(),
                    to - 1,
                    source().worker(),
                    source().worker(),
                    from.partition().topic(),
                    from.partition().partition(),
                    to));
            return false;
        }
        try {
            new SkippedRanges(kafka.admin(), group.get())
                    .add(from.partition(), new SkippedRanges.Range(from.offset(), to));
        } catch (UnavailableException e) {
            err().println(e.getMessage());
            return false;
        }
        out().println(String.format(
                Locale.ROOT,
                "%s: %d to %d are unreadable; %s skips them within seconds, or when it reaches them",
                from.partition(),
                from.offset(),
                to - 1,
                group.get()));
        return true;
    }

    private long end(KafkaSettings kafka, UnreadablePlace from) {
        try (Consumer<byte[], byte[]> consumer = source().consumer(kafka)) {
            return new UnreadableRange(consumer, from.partition()).endOf(from.offset());
        }
    }
}

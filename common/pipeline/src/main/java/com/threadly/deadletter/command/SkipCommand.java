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
import picocli.CommandLine.Parameters;

/** {@code dlq skip}. */
@Command(
        name = "skip",
        mixinStandardHelpOptions = true,
        description = {
            "Lets the worker go on behind records that nobody can read, such as a damaged batch: they are lost.",
            "Only what cannot be read is skipped. The worker may be running."
        })
final class SkipCommand extends DeadLetterCommand {

    @Parameters(
            paramLabel = "TOPIC-PARTITION@OFFSET",
            description = "Where the worker stands still, as its log and its health say.")
    private @Nullable UnreadablePlace place;

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
        if (to == from.offset()) {
            err().println(String.format(
                    Locale.ROOT, "%s can be read at %d: there is nothing to skip", from.partition(), from.offset()));
            return false;
        }
        if (group.isEmpty()) {
            err().println(String.format(
                    Locale.ROOT,
                    "%s cannot be read from %d to %d; it is Kafka Streams that reads it: stop all processes of %s, then"
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
                "%s: %d to %d cannot be read; %s skips them within some seconds, or when it comes to them",
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

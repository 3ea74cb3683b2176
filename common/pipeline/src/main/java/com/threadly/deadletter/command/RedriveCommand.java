package com.threadly.deadletter.command;

import com.threadly.deadletter.DeadLetters;
import com.threadly.deadletter.Reason;
import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dlq redrive}. */
@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description = {
            "Republishes dead letters to their source topic and partition, for this worker to handle.",
            "Redriven dead letters are marked and skipped the next time."
        })
final class RedriveCommand extends DeadLetterCommand {

    /** One of these is required. */
    static final class Which {

        @Option(names = "--all", required = true, description = "All dead letters.")
        @SuppressWarnings("UnusedVariable") // The absence of other filters already means this.
        private boolean all;

        @Option(
                names = "--reason",
                required = true,
                description = "Dead letters with this reason: ${COMPLETION-CANDIDATES}.")
        private @Nullable Reason reason;

        @Option(
                names = "--offset",
                paramLabel = "P:O",
                required = true,
                description = "The dead letter at this position in the dead letter topic.")
        private @Nullable Position position;
    }

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--again", description = "Include dead letters that have been redriven before.")
    private boolean again;

    @Option(names = "--dry-run", description = "Print what would be republished, but publish nothing.")
    private boolean dryRun;

    RedriveCommand(DeadLetterSource source) {
        super(source);
    }

    @Override
    boolean run(Settings settings, KafkaSettings kafka) throws InterruptedException {
        requireTopicFor(which.position);
        settings.verify();
        return dryRun ? count(kafka) : publish(kafka);
    }

    private boolean count(KafkaSettings kafka) throws InterruptedException {
        var found = new TreeMap<String, Integer>();
        boolean complete = read(
                kafka,
                letters -> wanted(letters).forEach(deadLetter -> found.merge(deadLetter.topic(), 1, Integer::sum)));
        tell(found, "would be republished to");
        return complete && (!found.isEmpty() || mayBeNone());
    }

    private boolean publish(KafkaSettings kafka) throws InterruptedException {
        try (Producer<byte[], byte[]> producer = DeadLetters.producer(kafka, source().worker())) {
            var redrive = new Redrive(
                    producer,
                    new SourceRecords(() -> source().consumer(kafka)),
                    (deadLetter, why) -> err().println("%s %s was skipped: %s"
                            .formatted(deadLetter.record().topic(), deadLetter.position(), why)));
            boolean read = false;
            try {
                boolean complete = read(kafka, letters -> redrive.redrive(wanted(letters))) && redrive.complete();
                read = true;
                return complete && (!redrive.redriven().isEmpty() || mayBeNone());
            } finally {
                tell(redrive.redriven(), "republished to");
                if (!read) {
                    err().println("redrive ended early: more dead letters may be left, and some may have been"
                            + " republished without being counted or marked; run it again, which republishes those"
                            + " twice");
                }
            }
        }
    }

    private List<DeadLetter> wanted(List<DeadLetter> letters) {
        var selection = new DeadLetterSelection(which.reason, which.position);
        return letters.stream()
                .filter(deadLetter -> selection.includes(deadLetter) && (again || !deadLetter.redriven()))
                .toList();
    }

    private void tell(Map<String, Integer> counts, String what) {
        counts.forEach((topic, count) -> out().println(String.format(Locale.ROOT, "%d %s %s", count, what, topic)));
    }

    /** Whether it is fine that there was none; says so, or why not. */
    private boolean mayBeNone() {
        if (which.position == null) {
            out().println("no dead letters to redrive");
            return true;
        }
        err().println("there is no dead letter at %s that has not been redriven; dlq list shows where they are, --again"
                        .formatted(which.position)
                + " includes those that have been redriven");
        return false;
    }
}
